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
    DEFAULT_SECURITY_GROUP = "default-security-group"
    FLOW_LOGS = "flow-logs"
    INSTANCE_METADATA = "instance-metadata"
    LOAD_BALANCER = "load-balancer"
    SOURCE_ATTACK = "source-attack"
    INSTANCE_THREAT = "instance-threat"
    TASK_THREAT = "task-threat"
    FUNCTION_THREAT = "function-threat"
    ACCESS_KEY_THREAT = "access-key-threat"
    SESSION_THREAT = "session-threat"
    DATABASE_LOGIN = "database-login"
    THREAT = "threat"
    BUCKET_EXPOSURE = "bucket-exposure"
    ACCOUNT_PUBLIC_ACCESS = "account-public-access"
    BUCKET_PROTECTION = "bucket-protection"
    ADMIN_GRANT = "admin-grant"
    ROLE_TRUST = "role-trust"
    NEW_CREDENTIAL = "new-credential"
    UNUSED_CREDENTIAL = "unused-credential"
    ROOT_ACTIVITY = "root-activity"
    UNAUTHORIZED_CALL = "unauthorized-call"
    TRAIL = "trail"
    DETECTOR = "detector"
    DATABASE_EXPOSURE = "database-exposure"
    SNAPSHOT_SHARING = "snapshot-sharing"
    KEY_DELETION = "key-deletion"
    SECRET_EXPOSURE = "secret-exposure"  # noqa: S105 - a kind of signal
    CACHE_PROTECTION = "cache-protection"
    RESOURCE_POLICY = "resource-policy"
    PRIVILEGED_TASK = "privileged-task"
    IMAGE_VULNERABILITY = "image-vulnerability"
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


class Subject(Model):
    """What a playbook looks at: the resource, and what the signal said about it.

    `facts` are hints, e.g. which address attacked. Live state decides; a playbook must also work from the facts of a
    signal that was received long ago, since plan, apply, verify and undo all observe the same subject.
    """

    resource: Resource
    facts: JsonObject = Field(default_factory=dict)


class Actor(Model):
    """Who did it, as CloudTrail's userIdentity tells. `role` is the session issuer's name when a role acted."""

    type: Name
    name: Name
    arn: Name = ""
    role: Name = ""
    address: Name = ""
    user_agent: Name = ""

    def goes_by(self, name: str) -> bool:
        """Whether somebody of that name did it: by their ARN, or the name of user or session at its end."""
        mine = {_last(each) for each in (self.name, self.arn) if each}
        return _last(name) in mine

    def __str__(self) -> str:
        """The shortest text that still names a person: `alice (IAMUser) from 203.0.113.7`."""
        place = f" from {self.address}" if self.address else ""
        return f"{self.name} ({self.type}){place}"


def _last(name: str) -> str:
    """What a name ends with: `alice` for `arn:aws:sts::111122223333:assumed-role/Responder/Alice`."""
    return name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold()


class Signal(Model):
    """What happened. `dismissal` is the reason for leaving it when the event alone shows that nothing is to be done.

    `clears` says that the trouble is over, as somebody who watches the resource sees it. `looks_fine` says why the
    event alone suggests that nothing is wrong: live state decides all the same. `tags` are those of the resource, as
    far as the event tells them. `origin` is the event itself, for the case file of a containment; it does not go into
    the ledger with the signal.
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
    looks_fine: Line | None = None
    tags: dict[str, str] = Field(default_factory=dict)
    origin: JsonObject = Field(default_factory=dict, exclude=True, repr=False)

    @property
    def subject(self) -> Subject:
        """What a playbook looks at."""
        return Subject(resource=self.resource, facts=self.facts)

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
