"""EC2 instances and Auto Scaling groups.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Stop_Start.html — what can be stopped, and what cannot.
"""

from typing import Any

from opsplane.playbooks.plan import Api, tags_of
from opsplane.schedules import prices
from opsplane.schedules.estate.tags import ENVIRONMENT_TAG, Found, target_groups
from opsplane.schedules.workload import Running, Workload, WorkloadKind

_STATES = {
    "pending": Running.RUNNING,
    "running": Running.RUNNING,
    "stopping": Running.STOPPING,
    "stopped": Running.STOPPED,
}

_NO_TROUBLE = frozenset(
    {
        "",
        "pending",
        "Client.UserInitiatedShutdown",
        "Client.UserInitiatedHibernate",
        "Client.InstanceInitiatedShutdown",
        "Server.ScheduledStop",
    }
)
"""Codes of what a start gets over: it is coming, somebody stopped it, it shut itself down, its hardware was retired."""

_ADVICE = {
    "Client.InvalidKMSKey.InvalidState": "enable the KMS key of its volumes, then the next sweep starts it",
    "Server.InsufficientInstanceCapacity": "each sweep tries again; another type or zone may have room",
}
"""What to do about what stopped an instance."""


def read(api: Api, environment: str) -> list[Found]:
    """The instances of an environment that are not gone."""
    filters = [
        {"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [environment]},
        {"Name": "instance-state-name", "Values": list(_STATES)},
    ]
    answer = api.read("ec2", "describe_instances", Filters=filters)
    return [_instance(each) for reservation in answer["Reservations"] for each in reservation["Instances"]]


def read_groups(api: Api, environment: str) -> list[Found]:
    """The Auto Scaling groups of an environment."""
    filters = [{"Name": f"tag:{ENVIRONMENT_TAG}", "Values": [environment]}]
    answer = api.read("autoscaling", "describe_auto_scaling_groups", Filters=filters)
    return [_group(each) for each in answer["AutoScalingGroups"]]


def _instance(instance: dict[str, Any]) -> Found:
    tags, state = tags_of(instance.get("Tags")), instance["State"]["Name"]
    spot = instance.get("InstanceLifecycle") == "spot"
    group = tags.get("aws:autoscaling:groupName")
    return Workload(
        kind=WorkloadKind.INSTANCE,
        id=instance["InstanceId"],
        running=_STATES[state],
        ready=state == "running",
        busy="it is starting" if state == "pending" else "",
        hindrance=f"Auto Scaling group {group} would replace it" if group else _hindrance(instance, spot=spot),
        hourly=None if spot or _licensed(instance) else prices.machine(instance.get("InstanceType", "")),
        fallen="" if _STATES[state] is Running.RUNNING else _fallen(instance),
    ), tags


def _hindrance(instance: dict[str, Any], *, spot: bool) -> str:
    if instance.get("RootDeviceType") == "instance-store":
        return "its root device is an instance store, which a stop would lose"
    return "it is a Spot instance, and only those of persistent requests can be stopped" if spot else ""


def _licensed(instance: dict[str, Any]) -> bool:
    """Whether its price holds a licence: Windows, Red Hat, SUSE."""
    return bool(instance.get("Platform")) or instance.get("PlatformDetails", _LINUX) != _LINUX


_LINUX = "Linux/UNIX"


def _fallen(instance: dict[str, Any]) -> str:
    """Why it stopped though nobody stopped it: a disabled key, no capacity, an internal error."""
    reason = instance.get("StateReason", {})
    code = str(reason.get("Code", ""))
    advice = f"; {_ADVICE[code]}" if code in _ADVICE else ""
    return "" if code in _NO_TROUBLE else f"{code}: {reason.get('Message', '')}{advice}"


def _group(group: dict[str, Any]) -> Found:
    kinds = [each.get("InstanceType", "") for each in group.get("Instances", [])]
    desired = group["DesiredCapacity"]
    serving = [each for each in group.get("Instances", []) if each.get("LifecycleState") == "InService"]
    up = bool(desired or group["MinSize"])
    return Workload(
        kind=WorkloadKind.GROUP,
        id=group["AutoScalingGroupName"],
        running=Running.RUNNING if up else Running.STOPPING if kinds else Running.STOPPED,
        ready=len(serving) >= desired,
        size={"min": group["MinSize"], "desired": desired, "max": group["MaxSize"]},
        hourly=None if _spots(group) else prices.machines(kinds),
        targets=target_groups(group.get("TargetGroupARNs", [])),
    ), tags_of(group.get("Tags"))


def _spots(group: dict[str, Any]) -> bool:
    """Whether some of a group's instances may be Spot ones, which have no list price."""
    mixed = group.get("MixedInstancesPolicy", {}).get("InstancesDistribution", {})
    return bool(mixed) and mixed.get("OnDemandPercentageAboveBaseCapacity", _ALL) < _ALL


_ALL = 100
