"""GuardDuty findings.

https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
EventBridge sends camelCase; the GetFindings API's PascalCase never comes this way.
"""

from typing import Any

from pydantic import Field

from opsplane.signals.envelope import AccountId, Envelope, Region, Wire, parse_wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

DETAIL_TYPE = "GuardDuty Finding"

# Findings about a configuration rather than an attacker; the rest are threats.
_KINDS = {
    "Policy:S3/Bucket": Kind.BUCKET_EXPOSURE,
    "Policy:IAMUser/RootCredentialUsage": Kind.ROOT_ACTIVITY,
}


class Service(Wire):
    """What GuardDuty says of its own finding."""

    archived: bool = False
    count: int = 1
    resource_role: str = Field("", alias="resourceRole")
    additional: dict[str, Any] | None = Field(None, alias="additionalInfo")


class Detail(Wire):
    """The part of a finding that we read."""

    id: str = Field(min_length=1, max_length=128)
    type: str = Field(min_length=1, max_length=256)
    score: float = Field(alias="severity", ge=0, le=10)
    title: str = ""
    account: AccountId = Field(alias="accountId")
    region: Region
    resource: dict[str, Any] = Field(default_factory=dict)
    service: Service = Field(default_factory=Service)


def severity(score: float) -> Severity:
    """GuardDuty's number as a level: 1 to 3.9 low, to 6.9 medium, to 8.9 high, from 9 critical."""
    levels = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (1.0, Severity.LOW))
    return next((level for floor, level in levels if score >= floor), Severity.INFO)


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """The one signal of a finding; repeats of a finding share their item.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    detail = parse_wire(Detail, envelope.detail, "GuardDuty finding")
    kind = next((kind for prefix, kind in _KINDS.items() if detail.type.startswith(prefix)), Kind.THREAT)
    resource = _resource(detail)
    return (
        Signal(
            id=f"{envelope.id}:{kind.value}",
            kind=kind,
            source=envelope.source,
            severity=severity(detail.score),
            title=detail.title or f"{detail.type} on {resource.id}",
            resource=resource,
            time=envelope.time,
            dedupe_key=dedupe_key(kind, resource, *([] if kind is Kind.BUCKET_EXPOSURE else [detail.id])),
            environment=_environment(detail.resource),
            facts={
                "type": detail.type,
                "score": detail.score,
                "count": detail.service.count,
                "role": detail.service.resource_role,
                "finding": detail.id,
            },
            dismissal=_dismissal(detail.service),
        ),
    )


def _dismissal(service: Service) -> str | None:
    if service.archived:
        return "the finding is archived in GuardDuty"
    if service.additional and service.additional.get("sample") is True:
        return "a sample finding of GuardDuty"
    return None


# Where each resource type keeps its id, tried in this order.
_PLACES: tuple[tuple[str, str, str], ...] = (
    ("instanceDetails", "instanceId", "AWS::EC2::Instance"),
    ("ecsClusterDetails", "arn", "AWS::ECS::Cluster"),
    ("rdsDbInstanceDetails", "dbInstanceIdentifier", "AWS::RDS::DBInstance"),
    ("lambdaDetails", "functionName", "AWS::Lambda::Function"),
    ("eksClusterDetails", "name", "AWS::EKS::Cluster"),
    ("accessKeyDetails", "userName", "AWS::IAM::User"),
)


def _first(value: object) -> dict[str, Any]:
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, dict) else {}


def _resource(detail: Detail) -> Resource:
    bucket = _first(detail.resource.get("s3BucketDetails")).get("name")
    found = (bucket, "AWS::S3::Bucket") if isinstance(bucket, str) and bucket else None
    for place, key, kind in _PLACES:
        value = _first(detail.resource.get(place)).get(key)
        if found is None and isinstance(value, str) and value:
            found = (value, kind)
    name, kind = found or (f"account-{detail.account}", "AWS::::Account")
    return Resource(type=kind, id=name, account=detail.account, region=detail.region)


def _environment(resource: dict[str, Any]) -> str | None:
    """The `Environment` tag that the finding carries, when it carries tags."""
    details = (resource.get(place) for place in ("instanceDetails", "rdsDbInstanceDetails", "s3BucketDetails"))
    for detail in details:
        tags = _first(detail).get("tags")
        for tag in tags if isinstance(tags, list) else ():
            if isinstance(tag, dict) and tag.get("key") == "Environment" and tag.get("value"):
                return str(tag["value"])
    return None
