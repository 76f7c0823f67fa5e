"""Findings of IAM Access Analyzer and Amazon Inspector.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
"""

from pydantic import Field

from opsplane.signals.envelope import AccountId, Envelope, Wire, parse_wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

DETAIL_TYPES = frozenset({"Access Analyzer Finding", "Inspector2 Finding"})


class AccessDetail(Wire):
    """An external access finding."""

    id: str = Field(min_length=1, max_length=128)
    account: AccountId = Field(alias="accountId")
    status: str
    resource: str = Field(min_length=1, max_length=512)
    resource_type: str = Field(alias="resourceType")
    public: bool = Field(default=False, alias="isPublic")


class InspectedResource(Wire):
    """One resource of an Inspector finding."""

    id: str = Field(min_length=1, max_length=512)
    type: str


class InspectorDetail(Wire):
    """A vulnerability or reachability finding."""

    arn: str = Field(alias="findingArn", min_length=1, max_length=256)
    account: AccountId = Field(alias="awsAccountId")
    severity: str
    status: str
    title: str = ""
    resources: tuple[InspectedResource, ...] = Field(min_length=1)


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """The one signal of a finding.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    if envelope.detail_type == "Access Analyzer Finding":
        return (_access(envelope, parse_wire(AccessDetail, envelope.detail, "Access Analyzer finding")),)
    return (_inspector(envelope, parse_wire(InspectorDetail, envelope.detail, "Inspector finding")),)


def _access(envelope: Envelope, detail: AccessDetail) -> Signal:
    bucket = detail.public and detail.resource_type == "AWS::S3::Bucket"
    kind = Kind.BUCKET_EXPOSURE if bucket else Kind.FINDING
    resource = Resource(
        type=detail.resource_type,
        id=detail.resource.rsplit(":", 1)[-1] if bucket else detail.resource,
        account=detail.account,
        region=envelope.region,
    )
    reach = "everybody" if detail.public else "another account"
    return Signal(
        id=f"{envelope.id}:{kind.value}",
        kind=kind,
        source=envelope.source,
        severity=Severity.HIGH,
        title=f"Access Analyzer: {detail.resource} can be reached by {reach}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(kind, resource),
        facts={"finding": detail.id, "status": detail.status},
        dismissal=None if detail.status == "ACTIVE" else f"the finding is {detail.status.lower()}",
    )


def _inspector(envelope: Envelope, detail: InspectorDetail) -> Signal:
    first = detail.resources[0]
    resource = Resource(type=first.type, id=first.id, account=detail.account, region=envelope.region)
    known = detail.severity.lower()
    return Signal(
        id=f"{envelope.id}:{Kind.FINDING.value}",
        kind=Kind.FINDING,
        source=envelope.source,
        severity=Severity(known) if known in set(Severity) else Severity.MEDIUM,
        title=detail.title or f"Inspector finding on {first.id}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(Kind.FINDING, resource, detail.arn[-64:]),
        facts={"finding": detail.arn, "status": detail.status},
        dismissal=None if detail.status == "ACTIVE" else f"the finding is {detail.status.lower()}",
    )
