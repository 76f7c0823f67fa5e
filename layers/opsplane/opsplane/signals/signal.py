"""An event in our own words."""

from datetime import UTC, datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from opsplane.model import JsonObject, Line, Model, Name


class Severity(StrEnum):
    """How bad it is, from nothing to wake somebody."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for critical, for comparing."""
        return list(Severity).index(self)


class Kind(StrEnum):
    """What a signal is about; policies match on it."""

    SECURITY_GROUP_INGRESS = "security-group-ingress"
    BUCKET_EXPOSURE = "bucket-exposure"
    THREAT = "threat"
    ROOT_ACTIVITY = "root-activity"
    COMPLIANCE = "compliance"
    FINDING = "finding"
    DRIFT = "drift"
    SCHEDULE = "schedule"


class Resource(Model):
    """One AWS resource. `type` is CloudFormation's name for it, e.g. `AWS::EC2::SecurityGroup`."""

    type: Name
    id: Name
    account: Name
    region: Name


class Actor(Model):
    """Who did it, as CloudTrail's userIdentity tells. `role` is the session issuer's name when a role acted."""

    type: Name
    name: Name
    arn: Name = ""
    role: Name = ""
    address: Name = ""
    user_agent: Name = ""

    def __str__(self) -> str:
        """The shortest text that still names a person: `alice (IAMUser) from 203.0.113.7`."""
        place = f" from {self.address}" if self.address else ""
        return f"{self.name} ({self.type}){place}"


class Signal(Model):
    """What happened. `dismissal` is the reason for leaving it when the event alone shows that nothing is to be done.

    `clears` says that the trouble is over, as somebody who watches the resource sees it.
    """

    id: Name
    kind: Kind
    source: Name
    severity: Severity
    title: Line
    resource: Resource
    time: AwareDatetime
    dedupe_key: str
    environment: Name | None = None
    actor: Actor | None = None
    facts: JsonObject = Field(default_factory=dict)
    dismissal: Line | None = None
    clears: bool = False

    @property
    def account(self) -> str:
        """The twelve digits of the account in which it happened."""
        return self.resource.account


def dedupe_key(kind: Kind, resource: Resource, *more: str) -> str:
    """The key that makes many signals one item: what, where, and for some kinds which occurrence."""
    return ":".join((kind.value, resource.account, resource.region, resource.id, *more))


def day(time: datetime) -> str:
    """The UTC date of a moment, as `2026-11-22`."""
    return time.astimezone(UTC).strftime("%Y-%m-%d")
