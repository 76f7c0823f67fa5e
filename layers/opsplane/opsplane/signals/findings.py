"""Findings of IAM Access Analyzer and Amazon Inspector.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
"""

import re

from pydantic import Field

from opsplane.signals.envelope import AccountId, Envelope, Wire, parse_wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

_IMAGE = re.compile(r":repository/([a-z0-9][a-z0-9._/-]{1,255})/(sha256:[0-9a-f]{64})$")
"""An image's ARN as Inspector writes it: the repository, and the digest."""

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


class Package(Wire):
    """The vulnerability of a package."""

    cve: str = Field("", alias="vulnerabilityId", max_length=64)


class InspectorDetail(Wire):
    """A vulnerability or reachability finding."""

    arn: str = Field(alias="findingArn", min_length=1, max_length=256)
    account: AccountId = Field(alias="awsAccountId")
    severity: str
    status: str
    title: str = ""
    exploit: str = Field("", alias="exploitAvailable")
    package: Package = Field(default_factory=Package, alias="packageVulnerabilityDetails")
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
    known = detail.severity.lower()
    image = _IMAGE.search(first.id) if first.type == "AWS_ECR_CONTAINER_IMAGE" else None
    exploited = known == "critical" and detail.exploit == "YES"
    kind = Kind.IMAGE_VULNERABILITY if image and exploited else Kind.FINDING
    type_name, name = ("AWS::ECR::Image", f"{image[1]}@{image[2]}") if image else (first.type, first.id)
    resource = Resource(type=type_name, id=name, account=detail.account, region=envelope.region)
    return Signal(
        id=f"{envelope.id}:{kind.value}",
        kind=kind,
        source=envelope.source,
        severity=Severity(known) if known in set(Severity) else Severity.MEDIUM,
        title=detail.title or f"Inspector finding on {first.id}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(kind, resource, *([] if kind is Kind.IMAGE_VULNERABILITY else [detail.arn[-64:]])),
        facts={"finding": detail.arn, "status": detail.status, "cve": detail.package.cve},
        dismissal=None if detail.status == "ACTIVE" else f"the finding is {detail.status.lower()}",
    )
