"""The AWS calls by which each kind of workload goes to sleep and wakes."""

from opsplane.model import JsonObject
from opsplane.playbooks.plan import Call, call
from opsplane.schedules.workload import NODE, SMALL, WorkloadKind

_K = WorkloadKind

BATCHED = {_K.INSTANCE: 50, _K.ALARM: 100}
"""How many of a kind go into one call; the others take one each."""


def sleep_calls(  # noqa: PLR0911 - one branch for each kind
    kind: WorkloadKind, ids: list[str], size: JsonObject
) -> tuple[Call, ...]:
    """The calls that put workloads of one kind to sleep; `size` is that of a single one.

    Bounds come before the count: a service whose minimum still holds would be scaled out again.
    """
    match kind:
        case _K.SERVICE:
            return (*_bounds(ids[0], size, awake=False), _count(ids[0], 0))
        case _K.GROUP:
            return (_group(ids[0], 0, 0, 0),)
        case _K.INSTANCE:
            return (call("ec2", "stop_instances", InstanceIds=ids),)
        case _K.DATABASE:
            return (call("rds", "stop_db_instance", DBInstanceIdentifier=ids[0]),)
        case _K.CLUSTER:
            return (call("rds", "stop_db_cluster", DBClusterIdentifier=ids[0]),)
        case _K.CACHE:
            return (_nodes(ids[0], str(size[SMALL])),)
        case _K.ALARM:
            return (call("cloudwatch", "disable_alarm_actions", AlarmNames=ids),)


def wake_calls(  # noqa: PLR0911 - one branch for each kind
    kind: WorkloadKind, ids: list[str], saved: JsonObject
) -> tuple[Call, ...]:
    """The calls that put workloads of one kind back to what was saved of them."""
    match kind:
        case _K.SERVICE:
            return (*_bounds(ids[0], saved, awake=True), _count(ids[0], int(saved["desired"])))
        case _K.GROUP:
            return (_group(ids[0], int(saved["min"]), int(saved["desired"]), int(saved["max"])),)
        case _K.INSTANCE:
            return (call("ec2", "start_instances", InstanceIds=ids),)
        case _K.DATABASE:
            return (call("rds", "start_db_instance", DBInstanceIdentifier=ids[0]),)
        case _K.CLUSTER:
            return (call("rds", "start_db_cluster", DBClusterIdentifier=ids[0]),)
        case _K.CACHE:
            return (_nodes(ids[0], str(saved[NODE])),)
        case _K.ALARM:
            return (call("cloudwatch", "enable_alarm_actions", AlarmNames=ids),)


def bound_calls(service: str, saved: JsonObject) -> tuple[Call, ...]:
    """The calls that give a service the bounds back that were saved of it, if it has any."""
    return _bounds(service, saved, awake=True)


def _bounds(service: str, size: JsonObject, *, awake: bool) -> tuple[Call, ...]:
    if "max" not in size:
        return ()
    low, high = (int(size["min"]), int(size["max"])) if awake else (0, 0)
    return (
        call(
            "application-autoscaling",
            "register_scalable_target",
            ServiceNamespace="ecs",
            ResourceId=f"service/{service}",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=low,
            MaxCapacity=high,
        ),
    )


def _count(service: str, count: int) -> Call:
    cluster, _, name = service.partition("/")
    return call("ecs", "update_service", cluster=cluster, service=name, desiredCount=count)


def _group(name: str, low: int, desired: int, high: int) -> Call:
    sizes = {"MinSize": low, "DesiredCapacity": desired, "MaxSize": high}
    return call("autoscaling", "update_auto_scaling_group", AutoScalingGroupName=name, **sizes)


def _nodes(name: str, kind: str) -> Call:
    wanted = {"CacheNodeType": kind, "ApplyImmediately": True}
    return call("elasticache", "modify_replication_group", ReplicationGroupId=name, **wanted)
