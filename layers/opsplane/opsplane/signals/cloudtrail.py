"""CloudTrail management events, as EventBridge delivers them.

Key paths: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
"""

import re
from typing import Any

from pydantic import Field

from opsplane.errors import UnhandledEvent
from opsplane.signals.cloudtrail_targets import touched
from opsplane.signals.envelope import Envelope, Wire, parse_wire
from opsplane.signals.signal import Actor, Kind, Resource, Severity, Signal, day, dedupe_key

# Today's guide writes "Signin", events seen in the wild say "Sign In".
DETAIL_TYPES = frozenset(
    {
        "AWS API Call via CloudTrail",
        "AWS Console Sign In via CloudTrail",
        "AWS Console Signin via CloudTrail",
        "AWS Console Action via CloudTrail",
    }
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,62}")
"""The grammar of both bucket names and group ids: nothing else may reach an API call."""

_GROUP_CALLS = frozenset({"AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"})
_BUCKET_CALLS = frozenset(
    {"PutBucketPolicy", "PutBucketAcl", "DeleteBucketPublicAccessBlock", "PutBucketPublicAccessBlock"}
)


class SessionIssuer(Wire):
    """The role behind a session."""

    user_name: str = Field("", alias="userName")


class SessionContext(Wire):
    """What CloudTrail says of temporary credentials."""

    issuer: SessionIssuer = Field(default_factory=SessionIssuer, alias="sessionIssuer")


class UserIdentity(Wire):
    """Who called."""

    type: str
    arn: str = ""
    user_name: str = Field("", alias="userName")
    principal_id: str = Field("", alias="principalId")
    invoked_by: str | None = Field(None, alias="invokedBy")
    session: SessionContext = Field(default_factory=SessionContext, alias="sessionContext")


class Detail(Wire):
    """The part of a CloudTrail record that we read."""

    event_name: str = Field(alias="eventName", min_length=1, max_length=128)
    event_source: str = Field(alias="eventSource")
    identity: UserIdentity = Field(alias="userIdentity")
    address: str = Field("", alias="sourceIPAddress")
    user_agent: str = Field("", alias="userAgent")
    error_code: str | None = Field(None, alias="errorCode")
    request: dict[str, Any] | None = Field(None, alias="requestParameters")
    response: dict[str, Any] | None = Field(None, alias="responseElements")


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """Signals of one CloudTrail event: what was changed, and that root did it when it did.

    Raises:
        UnhandledEvent: the record lacks what its event name promises.
    """
    detail = parse_wire(Detail, envelope.detail, "CloudTrail record")
    signals: list[Signal] = []
    if detail.event_name in _GROUP_CALLS:
        signals.append(_changed(envelope, detail, Kind.SECURITY_GROUP_INGRESS, _group(envelope, detail)))
    if detail.event_name in _BUCKET_CALLS:
        signals.append(_changed(envelope, detail, Kind.BUCKET_EXPOSURE, _bucket(envelope, detail)))
    if detail.identity.type == "Root" and detail.identity.invoked_by is None:
        signals.append(_root(envelope, detail))
    if not signals:
        message = f"no playbook reads the CloudTrail call {detail.event_name} of {detail.event_source}"
        raise UnhandledEvent(message)
    return tuple(signals)


def _actor(detail: Detail) -> Actor:
    identity = detail.identity
    session = identity.arn.rsplit("/", 1)[-1] if identity.type == "AssumedRole" else ""
    return Actor(
        type=identity.type,
        name=identity.user_name or session or identity.invoked_by or identity.principal_id or identity.type,
        arn=identity.arn,
        role=identity.session.issuer.user_name,
        address=detail.address,
        user_agent=detail.user_agent,
    )


def _changed(envelope: Envelope, detail: Detail, kind: Kind, resource: Resource) -> Signal:
    failed = f"the call failed with {detail.error_code}: nothing was changed" if detail.error_code else None
    return Signal(
        id=f"{envelope.id}:{kind.value}",
        kind=kind,
        source=envelope.source,
        severity=Severity.HIGH,
        title=f"{detail.event_name} on {resource.id}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(kind, resource),
        actor=_actor(detail),
        facts={"call": detail.event_name, "targets": touched(detail.event_name, detail.request, detail.response)},
        dismissal=failed,
    )


def _root(envelope: Envelope, detail: Detail) -> Signal:
    resource = Resource(
        type="AWS::IAM::RootUser",
        id=f"arn:aws:iam::{envelope.account}:root",
        account=envelope.account,
        region=envelope.region,
    )
    return Signal(
        id=f"{envelope.id}:{Kind.ROOT_ACTIVITY.value}",
        kind=Kind.ROOT_ACTIVITY,
        source=envelope.source,
        severity=Severity.CRITICAL,
        title=f"The root user called {detail.event_name}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(Kind.ROOT_ACTIVITY, resource, day(envelope.time)),
        actor=_actor(detail),
        facts={"call": detail.event_name, "service": detail.event_source, "error": detail.error_code},
    )


def _group(envelope: Envelope, detail: Detail) -> Resource:
    request = detail.request or {}
    nested = request.get("ModifySecurityGroupRulesRequest")
    group_id = request.get("groupId") or (nested.get("GroupId") if isinstance(nested, dict) else None)
    return _resource(envelope, detail, "AWS::EC2::SecurityGroup", group_id or _granted_group(detail), "sg-")


def _granted_group(detail: Detail) -> object:
    """The id in the answer, for callers that named a default-VPC group by its name."""
    rules = (detail.response or {}).get("securityGroupRuleSet")
    items = rules.get("items") if isinstance(rules, dict) else None
    first = items[0] if isinstance(items, list) and items else None
    return first.get("groupId") if isinstance(first, dict) else None


def _bucket(envelope: Envelope, detail: Detail) -> Resource:
    return _resource(envelope, detail, "AWS::S3::Bucket", (detail.request or {}).get("bucketName"), "")


def _resource(envelope: Envelope, detail: Detail, kind: str, found: object, prefix: str) -> Resource:
    if not isinstance(found, str) or not found.startswith(prefix) or not _ID.fullmatch(found):
        message = f"CloudTrail record of {detail.event_name} does not say which {kind} it changed"
        raise UnhandledEvent(message)
    return Resource(type=kind, id=found, account=envelope.account, region=envelope.region)
