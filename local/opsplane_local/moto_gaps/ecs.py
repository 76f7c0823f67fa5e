"""ECS as of moto 5.2.5."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.models import EC2ContainerServiceBackend, Service, Task
from moto.ecs.responses import EC2ContainerServiceResponse

from opsplane_local.moto_gaps.patch import Patch


def tasks_run_until_stopped(patch: Patch) -> None:
    """Let a task run until somebody stops it: moto's stop by themselves, one state for each look at them."""
    advance_always = Task.advance

    def advance(self: Task) -> None:
        if self.desired_status != "RUNNING":
            advance_always(self)

    patch.attribute(Task, "advance", advance)


def services_reach_their_count(patch: Patch) -> None:
    """Let a service run as many tasks as it shall: moto's runs none until it is updated, its deployment for ever."""
    create_without_tasks = EC2ContainerServiceBackend.create_service
    update_without_deployment = EC2ContainerServiceBackend.update_service

    def create_service(self: EC2ContainerServiceBackend, *args: Any, **kwargs: Any) -> Service:
        return _settle(self, create_without_tasks(self, *args, **kwargs))

    def update_service(self: EC2ContainerServiceBackend, service_properties: dict[str, Any]) -> Service:
        return _settle(self, update_without_deployment(self, service_properties))

    patch.attribute(EC2ContainerServiceBackend, "create_service", create_service)
    patch.attribute(EC2ContainerServiceBackend, "update_service", update_service)


def zone_rebalancing(patch: Patch) -> None:
    """Keep a service's rebalancing over zones: moto drops it, and the provider then plans it for ever."""
    # ECS turns it on for a service that does not say.
    _keep(patch, "availabilityZoneRebalancing", "availability_zone_rebalancing", "ENABLED")


def grace_period(patch: Patch) -> None:
    """Keep the seconds in which failed health checks do not count: moto drops them."""
    _keep(patch, "healthCheckGracePeriodSeconds", "health_check_grace_period_seconds", None)


def managed_tags(patch: Patch) -> None:
    """Keep whether tasks carry tags of their cluster and service: moto drops it, and the provider plans it for ever."""
    _keep(patch, "enableECSManagedTags", "enable_ecs_managed_tags", default=False)


def shell_sessions(patch: Patch) -> None:
    """Keep whether people may open a shell in a task: moto drops it, and the provider plans it for ever."""
    _keep(patch, "enableExecuteCommand", "enable_execute_command", default=False)


def capacity_providers(patch: Patch) -> None:
    """Keep a service's shares of capacity providers: moto drops them, and the provider then replaces the service."""
    _keep(patch, "capacityProviderStrategy", "capacity_provider_strategy", None)
    create_with_launch_type = EC2ContainerServiceResponse.create_service

    def create_service(self: EC2ContainerServiceResponse) -> ActionResult:
        answer = create_with_launch_type(self)
        match answer.result:
            # A service has shares or a launch type, never both.
            case {"service": service} if self._get_param("capacityProviderStrategy"):
                service.launch_type = None
        return answer

    patch.attribute(EC2ContainerServiceResponse, "create_service", create_service)


def _keep(patch: Patch, wire_name: str, attribute: str, default: object) -> None:
    """Write a setting that CreateService or UpdateService carries onto the service that they answer with."""
    create_without = EC2ContainerServiceResponse.create_service
    update_without = EC2ContainerServiceResponse.update_service

    def keep(wish: object, answer: ActionResult) -> ActionResult:
        match answer.result:
            case {"service": service} if wish is not None:
                vars(service)[attribute] = wish
        return answer

    def create_service(self: EC2ContainerServiceResponse) -> ActionResult:
        return keep(self._get_param(wire_name), create_without(self))

    def update_service(self: EC2ContainerServiceResponse) -> ActionResult:
        return keep(self._get_param(wire_name), update_without(self))

    patch.attribute(Service, attribute, default)
    patch.attribute(EC2ContainerServiceResponse, "create_service", create_service)
    patch.attribute(EC2ContainerServiceResponse, "update_service", update_service)


def _settle(backend: EC2ContainerServiceBackend, service: Service) -> Service:
    """Let the pending tasks of a service run and its deployments be complete."""
    cluster, pending = backend.clusters[service.cluster_name], service.pending_count
    backend.update_cluster_resources(cluster, -pending, task_state="PENDING")
    backend.update_cluster_resources(cluster, pending, task_state="RUNNING")
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments:
        deployment |= {
            "desiredCount": service.desired_count,
            "runningCount": service.desired_count,
            "pendingCount": 0,
            "rolloutState": "COMPLETED",
            "rolloutStateReason": f"ECS deployment {deployment['id']} completed.",
        }
    return service
