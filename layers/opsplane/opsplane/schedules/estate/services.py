"""ECS services, and the bounds that Application Auto Scaling keeps them in."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from opsplane.model import JsonObject
from opsplane.playbooks.plan import Api, tags_of
from opsplane.schedules import prices
from opsplane.schedules.estate.tags import Found, is_in, target_groups
from opsplane.schedules.workload import Running, Workload, WorkloadKind

_PER_CALL = 10
"""DescribeServices takes at most ten services."""

_PER_LIST = 100
"""ListServices answers ten unless it is asked for more."""


def read(api: Api, environment: str) -> list[Found]:
    """The services of an environment, in all clusters."""
    mine = [(cluster, each, tags) for cluster, each, tags in _listed(api) if is_in(tags, environment)]
    if not mine:
        return []
    bounds = _bounds(api)
    definitions = {
        name: _definition(api, name)
        for name in {each["taskDefinition"] for _, each, _ in mine if "taskDefinition" in each}
    }
    return [
        (_service(cluster, each, bounds, definitions.get(each.get("taskDefinition", ""), {})), tags)
        for cluster, each, tags in mine
    ]


def _definition(api: Api, name: str) -> dict[str, Any]:
    """A task definition. A revision never changes, so that a warm function asks for each one once."""
    if name not in _REVISIONS:
        _REVISIONS[name] = api.read("ecs", "describe_task_definition", taskDefinition=name)["taskDefinition"]
    return _REVISIONS[name]


_REVISIONS: dict[str, dict[str, Any]] = {}


def _listed(api: Api) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
    for cluster in api.read("ecs", "list_clusters").get("clusterArns", []):
        arns = api.read("ecs", "list_services", cluster=cluster, maxResults=_PER_LIST).get("serviceArns", [])
        for some in batched(arns, _PER_CALL):
            answer = api.read("ecs", "describe_services", cluster=cluster, services=list(some), include=["TAGS"])
            for service in answer["services"]:
                if service.get("status") == "ACTIVE":
                    yield cluster.rpartition("/")[2], service, tags_of(service.get("tags"))


def _bounds(api: Api) -> dict[str, JsonObject]:
    """Minimum and maximum of every service that scales, by `service/CLUSTER/NAME`."""
    answer = api.read("application-autoscaling", "describe_scalable_targets", ServiceNamespace="ecs")
    return {
        each["ResourceId"]: {"min": each["MinCapacity"], "max": each["MaxCapacity"]}
        for each in answer["ScalableTargets"]
    }


def _service(
    cluster: str, service: dict[str, Any], bounds: dict[str, JsonObject], definition: dict[str, Any]
) -> Workload:
    name = service["serviceName"]
    desired, there = int(service.get("desiredCount", 0)), int(service.get("runningCount", 0))
    daemon = service.get("schedulingStrategy") == "DAEMON"
    return Workload(
        kind=WorkloadKind.SERVICE,
        id=f"{cluster}/{name}",
        running=Running.RUNNING if desired else Running.STOPPING if there else Running.STOPPED,
        ready=there >= desired,
        hindrance="it runs once on each container instance and has no count" if daemon else "",
        size={"desired": desired, **bounds.get(f"service/{cluster}/{name}", {})},
        hourly=_hourly(desired, service, definition),
        targets=target_groups(each.get("targetGroupArn", "") for each in service.get("loadBalancers", [])),
    )


def _hourly(desired: int, service: dict[str, Any], definition: dict[str, Any]) -> float | None:
    """Fargate by its task definition; on instances these cost, not the tasks; Spot and Windows are not in the table."""
    providers = {each["capacityProvider"] for each in service.get("capacityProviderStrategy", [])}
    platform = definition.get("runtimePlatform", {})
    if service.get("launchType") != "FARGATE" and not providers & {"FARGATE", "FARGATE_SPOT"}:
        return 0.0
    if "FARGATE_SPOT" in providers or platform.get("operatingSystemFamily", "LINUX") != "LINUX":
        return None
    arm = platform.get("cpuArchitecture") == "ARM64"
    return prices.tasks(desired, definition.get("cpu"), definition.get("memory"), arm=arm)
