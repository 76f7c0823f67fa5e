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

_STOPPED_BY_SOMEBODY = frozenset(
    {
        "",
        "Client.UserInitiatedShutdown",
        "Client.UserInitiatedHibernate",
        "Client.InstanceInitiatedShutdown",
        "Server.ScheduledStop",
    }
)
"""https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html: a call, from inside, or as announced."""


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
        hourly=None if spot or instance.get("Platform") else prices.machine(instance.get("InstanceType", "")),
        fallen=_fallen(instance) if _STATES[state] is not Running.RUNNING else "",
    ), tags


def _hindrance(instance: dict[str, Any], *, spot: bool) -> str:
    if instance.get("RootDeviceType") == "instance-store":
        return "its root device is an instance store, which a stop would lose"
    return "it is a Spot instance of a one-time request, which cannot be stopped" if spot else ""


def _fallen(instance: dict[str, Any]) -> str:
    """Why it stopped though nobody stopped it: a disabled key, no capacity, an internal error."""
    reason = instance.get("StateReason", {})
    code = str(reason.get("Code", ""))
    return "" if code in _STOPPED_BY_SOMEBODY else f"{code}: {reason.get('Message', '')}"


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
        hourly=prices.machines(kinds),
        targets=target_groups(group.get("TargetGroupARNs", [])),
    ), tags_of(group.get("Tags"))
