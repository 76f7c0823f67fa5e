"""What runs in an environment and could sleep: EC2 instances, ECS services and RDS instances with its tag.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html — an instance of an Aurora cluster cannot
be stopped on its own; an Auto Scaling group replaces what somebody stops.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import batched
from typing import Any

from opsplane.model import Line, Model, Name
from opsplane.playbooks.plan import Api

ENVIRONMENT_TAG = "Environment"

_SERVICES_PER_CALL = 10
"""DescribeServices takes at most ten services."""

_RUNNING = frozenset({"running", "pending", "available", "starting"})
_STOPPED = frozenset({"stopped"})


class WorkloadKind(StrEnum):
    """What can sleep, in words for people."""

    INSTANCE = "EC2 instance"
    SERVICE = "ECS service"
    DATABASE = "RDS instance"


class Workload(Model):
    """One thing that runs or sleeps. `size` counts tasks of a service (1 for others); `hindrance` says why it stays."""

    kind: WorkloadKind
    id: Name
    running: bool
    stopped: bool
    size: int = 1
    hindrance: Line | None = None


def survey(api: Api, environment: str, protected_tag: str) -> tuple[Workload, ...]:
    """Everything that carries the environment's tag; reads, changes nothing.

    Raises:
        AccessDenied: a right is missing. ServiceUnavailable: AWS could not be asked just now.
    """
    found = (*_instances(api, environment), *_services(api, environment), *_databases(api, environment))
    return tuple(_spare(workload, tags, protected_tag) for workload, tags in found)


def _instances(api: Api, environment: str) -> Iterator[tuple[Workload, dict[str, str]]]:
    filters = [
        {"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [environment]},
        {"Name": "instance-state-name", "Values": ["pending", "running", "stopping", "stopped"]},
    ]
    answer = api.read("ec2", "describe_instances", Filters=filters)
    for instance in (each for reservation in answer["Reservations"] for each in reservation["Instances"]):
        tags = _tags(instance.get("Tags", []), "Key", "Value")
        group = tags.get("aws:autoscaling:groupName")
        reason = f"Auto Scaling group {group} would replace it" if group else None
        yield _workload(WorkloadKind.INSTANCE, instance["InstanceId"], instance["State"]["Name"], reason), tags


def _services(api: Api, environment: str) -> Iterator[tuple[Workload, dict[str, str]]]:
    for cluster in api.read("ecs", "list_clusters").get("clusterArns", []):
        arns = api.read("ecs", "list_services", cluster=cluster).get("serviceArns", [])
        for some in batched(arns, _SERVICES_PER_CALL):
            answer = api.read("ecs", "describe_services", cluster=cluster, services=list(some), include=["TAGS"])
            for service in answer["services"]:
                tags = _tags(service.get("tags", []), "key", "value")
                if tags.get(ENVIRONMENT_TAG) == environment and service.get("status") != "INACTIVE":
                    yield _service(cluster, service), tags


def _service(cluster: str, service: dict[str, Any]) -> Workload:
    wanted = int(service.get("desiredCount", 0))
    daemon = service.get("schedulingStrategy") == "DAEMON"
    return Workload(
        kind=WorkloadKind.SERVICE,
        id=f"{cluster.rpartition('/')[2]}/{service['serviceName']}",
        running=wanted > 0,
        stopped=wanted == 0,
        size=wanted,
        hindrance="it runs once on each container instance and has no count" if daemon else None,
    )


def _databases(api: Api, environment: str) -> Iterator[tuple[Workload, dict[str, str]]]:
    for database in api.read("rds", "describe_db_instances")["DBInstances"]:
        tags = _tags(database.get("TagList", []), "Key", "Value")
        if tags.get(ENVIRONMENT_TAG) == environment:
            cluster = database.get("DBClusterIdentifier")
            reason = f"it belongs to cluster {cluster}" if cluster else None
            state = database.get("DBInstanceStatus", "unknown")
            yield _workload(WorkloadKind.DATABASE, database["DBInstanceIdentifier"], state, reason), tags


def _workload(kind: WorkloadKind, name: str, state: str, hindrance: str | None) -> Workload:
    moving = state not in _RUNNING | _STOPPED
    reason = hindrance or (f"it is {state}" if moving else None)
    return Workload(kind=kind, id=name, running=state in _RUNNING, stopped=state in _STOPPED, hindrance=reason)


def _tags(pairs: list[dict[str, str]], key: str, value: str) -> dict[str, str]:
    return {pair[key]: pair.get(value, "") for pair in pairs}


def _spare(workload: Workload, tags: dict[str, str], protected_tag: str) -> Workload:
    if tags.get(protected_tag, "false").lower() == "false":
        return workload
    return workload.model_copy(update={"hindrance": f"it carries the tag {protected_tag}"})
