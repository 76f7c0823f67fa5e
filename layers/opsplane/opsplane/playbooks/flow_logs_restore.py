"""Flow logs that somebody deleted are made again as they were.

A deleted flow log tells nothing any more: its settings are remembered when it is made or seen. The new one has a new
id, so that flow logs are compared by what they record and where to.
https://docs.aws.amazon.com/vpc/latest/userguide/working-with-flow-logs.html
"""

from typing import Any

from opsplane.errors import PermanentError
from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Observation, Step, call, live, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_KEPT = (
    "ResourceId",
    "TrafficType",
    "LogDestinationType",
    "LogDestination",
    "LogGroupName",
    "DeliverLogsPermissionArn",
    "LogFormat",
    "MaxAggregationInterval",
)
_TYPES = {"vpc-": "VPC", "subnet-": "Subnet", "eni-": "NetworkInterface"}


def observe(api: Api, subject: Subject) -> Observation:
    """Every flow log of the region, by what it records."""
    found = api.read("ec2", "describe_flow_logs")["FlowLogs"]
    return Observation(
        state={_target(each): _value(each) for each in found},
        handles={_target(each): each["FlowLogId"] for each in found},
        evidence={"about": subject.resource.id, "flow_logs": {each["FlowLogId"]: _value(each) for each in found}},
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for a flow log that is gone; none when another one records the same.

    Raises:
        PermanentError: nobody knows what it recorded.
    """
    name = subject.resource.id
    if name in found.evidence["flow_logs"] or _is_recorded(name, found):
        return ()
    former = found.former.get("flow log")
    if not former:
        unknown = "nobody knows what to record and where to"
        missing = "has no flow log" if name.startswith(tuple(_TYPES)) else "was never seen while it existed"
        message = f"{name} {missing}: {unknown}; make one, and from then on it is restored"
        raise PermanentError(message)
    target = _target(former)
    if target in found.state:
        return ()
    return (
        Step(
            target=target,
            summary=f"Make the flow log of {former['ResourceId']} again",
            before=None,
            after=former,
            apply=(call("ec2", "create_flow_logs", **_request(former)),),
            undo=(call("ec2", "delete_flow_logs", FlowLogIds=[live(target)]),),
        ),
    )


def _is_recorded(name: str, found: Observation) -> bool:
    """Whether a VPC, as AWS Config names it, has any flow log."""
    return any(each["ResourceId"] == name for each in found.evidence["flow_logs"].values())


def remember(found: Observation, _: Parameters) -> JsonObject:
    """The settings of the flow log that the signal is about, or what was known of it before."""
    live_one = found.evidence["flow_logs"].get(found.evidence["about"])
    return {"flow log": live_one} if live_one else dict(found.former)


def _target(settings: dict[str, Any]) -> str:
    where = settings.get("LogDestination") or settings.get("LogGroupName", "")
    return f"flow log of {settings['ResourceId']} ({settings.get('TrafficType', 'ALL')}) to {where}"


def _value(found: dict[str, Any]) -> dict[str, Json]:
    tags: dict[str, Json] = {**tags_of(found.get("Tags"))}
    return {**{key: found[key] for key in _KEPT if found.get(key)}, "Tags": tags}


def _request(former: dict[str, Any]) -> dict[str, Any]:
    resource = str(former["ResourceId"])
    kept = {key: former[key] for key in _KEPT if former.get(key) and key != "ResourceId"}
    if kept.get("LogDestinationType", "cloud-watch-logs") == "cloud-watch-logs" and kept.get("LogGroupName"):
        kept.pop("LogDestination", None)
    request = {**kept, "ResourceIds": [resource], "ResourceType": _type(resource)}
    if tags := [{"Key": key, "Value": value} for key, value in former.get("Tags", {}).items()]:
        request["TagSpecifications"] = [{"ResourceType": "vpc-flow-log", "Tags": tags}]
    return request


def _type(resource: str) -> str:
    return next((kind for prefix, kind in _TYPES.items() if resource.startswith(prefix)), "VPC")


PLAYBOOK = Playbook(
    name="flow-logs-restore",
    family=Family.NETWORK,
    summary="Makes a deleted flow log again with the settings that it had.",
    problem="Flow log {id} was deleted",
    risk="What happened while there was none is not recorded; the new flow log has a new id.",
    rights=(
        "ec2:CreateFlowLogs",
        "ec2:CreateTags",
        "ec2:DeleteFlowLogs",
        "ec2:DescribeFlowLogs",
        "iam:PassRole",
    ),
    acts_on=("cloudtrail/flow-logs-deleted.json",),
    leaves=("cloudtrail/flow-logs-created.json",),
    observe=observe,
    plan=plan,
    remember=remember,
)
