"""What events of AWS say about workloads: which environment may have to be looked at, and who started what."""

from typing import Any

from opsplane.schedules.decide import BY_AWS
from opsplane.schedules.workload import WorkloadKind

_K = WorkloadKind

AWS_STARTED = frozenset({"RDS-EVENT-0153", "RDS-EVENT-0154"})
"""https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html: exceeded the time stopped."""

_CALLS: dict[str, tuple[WorkloadKind, str]] = {
    "StartDBInstance": (_K.DATABASE, "dBInstanceIdentifier"),
    "StartDBCluster": (_K.CLUSTER, "dBClusterIdentifier"),
    "StartInstances": (_K.INSTANCE, "instancesSet"),
    "UpdateService": (_K.SERVICE, "service"),
    "UpdateAutoScalingGroup": (_K.GROUP, "autoScalingGroupName"),
}


def starts_in(event: dict[str, Any], own: str) -> dict[str, str] | None:
    """Who started what, by the workloads' keys; empty when the event only says that something changed.

    None: it is about a call of our own, whose role's name begins with `own`, or about a call that failed.
    """
    detail = event.get("detail")
    if not isinstance(detail, dict):
        return {}
    if event.get("detail-type") == "AWS API Call via CloudTrail":
        return _of_call(detail, own)
    if str(detail.get("EventID")) in AWS_STARTED:
        kind = _K.CLUSTER if detail.get("SourceType") == "CLUSTER" else _K.DATABASE
        return {f"{kind.value}:{detail.get('SourceIdentifier')}": BY_AWS}
    return {}


def _of_call(detail: dict[str, Any], own: str) -> dict[str, str] | None:
    identity = _object(detail.get("userIdentity"))
    issuer = _object(_object(identity.get("sessionContext")).get("sessionIssuer"))
    if str(issuer.get("userName", "")).startswith(own) or detail.get("errorCode"):
        return None
    who = str(identity.get("userName") or str(identity.get("arn", "")).rpartition("/")[2] or identity.get("type", ""))
    request, name = detail.get("requestParameters"), str(detail.get("eventName", ""))
    if name not in _CALLS or not isinstance(request, dict):
        return {}
    kind, part = _CALLS[name]
    if kind is _K.INSTANCE:
        items = _object(request.get(part)).get("items")
        some = items if isinstance(items, list) else []
        return {f"{kind.value}:{item.get('instanceId')}": who for item in some if isinstance(item, dict)}
    if kind is _K.SERVICE:
        return {f"{kind.value}:{_service(request)}": who} if request.get("desiredCount") else {}
    found = str(request.get(part) or "")
    return {f"{kind.value}:{found}": who} if found else {}


def _object(value: object) -> dict[str, Any]:
    """A part of an event, if it has the shape that it should have."""
    return value if isinstance(value, dict) else {}


def _service(request: dict[str, Any]) -> str:
    """`cluster/service`; either may be an ARN, and that of a service names its cluster."""
    service, cluster = str(request.get("service", "")), str(request.get("cluster") or "default")
    parts = service.split("/")
    return "/".join(parts[-2:]) if len(parts) > 2 else f"{cluster.rpartition('/')[2]}/{parts[-1]}"  # noqa: PLR2004
