"""CloudTrail management events, as EventBridge delivers them.

Key paths: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
What single calls mean stands in `signals/calls`, one file for each service.
"""

from typing import Any

from pydantic import Field

from opsplane.errors import UnhandledEvent
from opsplane.model import tame
from opsplane.signals.calls import calls_of
from opsplane.signals.calls.heard import Heard, Reader, Record
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

DENIALS = (
    "AccessDenied",
    "AccessDeniedException",
    "Client.UnauthorizedOperation",
    "UnauthorizedOperation",
)
"""Error codes that say that the caller lacked the right. The rule in the template listens to the same ones."""


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
    recipient: str | None = Field(None, alias="recipientAccountId")
    region: str | None = Field(None, alias="awsRegion")
    request: dict[str, Any] | None = Field(None, alias="requestParameters")
    response: dict[str, Any] | None = Field(None, alias="responseElements")


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """Signals of one CloudTrail event: what was changed, that root did it, and that AWS refused it.

    Raises:
        UnhandledEvent: the record lacks what its event name promises, or contradicts its envelope.
    """
    detail = parse_wire(Detail, envelope.detail, "CloudTrail record")
    _check(envelope, detail)
    reader = calls_of(detail.event_source.removesuffix(".amazonaws.com")).get(detail.event_name)
    signals = [_changed(envelope, detail, each) for each in _heard(reader, envelope, detail)]
    if detail.identity.type == "Root":
        signals.append(_root(envelope, detail))
    elif detail.error_code in DENIALS:
        signals.append(_denied(envelope, detail))
    if not signals and not reader:
        message = f"no playbook reads the CloudTrail call {detail.event_name} of {detail.event_source}"
        raise UnhandledEvent(message)
    return tuple(signals)


def _heard(reader: Reader | None, envelope: Envelope, detail: Detail) -> tuple[Heard, ...]:
    """What a call changed. One that failed changed nothing, and need not tell what it would have made."""
    try:
        return reader(_record(envelope, detail)) if reader else ()
    except UnhandledEvent:
        if detail.error_code:
            return ()
        raise


def _check(envelope: Envelope, detail: Detail) -> None:
    """Refuse a record that contradicts the envelope around it: AWS writes both from one call."""
    said = {
        "source": (envelope.source, f"aws.{detail.event_source.removesuffix('.amazonaws.com')}"),
        "account": (envelope.account, detail.recipient or envelope.account),
        "region": (envelope.region, detail.region or envelope.region),
    }
    for what, (outside, inside) in said.items():
        if outside != inside:
            message = f"forged: the envelope says {what} {tame(outside, 80)}, the record inside {tame(inside, 80)}"
            raise UnhandledEvent(message)


def _record(envelope: Envelope, detail: Detail) -> Record:
    return Record(
        call=detail.event_name,
        service=detail.event_source.removesuffix(".amazonaws.com"),
        account=envelope.account,
        region=envelope.region,
        request=detail.request or {},
        response=detail.response or {},
        user=detail.identity.user_name if detail.identity.type == "IAMUser" else "",
    )


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


def _changed(envelope: Envelope, detail: Detail, heard: Heard) -> Signal:
    failed = f"the call failed with {detail.error_code}: nothing was changed" if detail.error_code else None
    resource = Resource(type=heard.type, id=heard.id, account=envelope.account, region=envelope.region)
    suffix = "".join(f":{each}" for each in heard.more)
    return Signal(
        id=f"{envelope.id}:{heard.kind.value}{suffix}",
        kind=heard.kind,
        source=envelope.source,
        severity=heard.severity,
        title=heard.title or f"{detail.event_name} on {resource.id}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(heard.kind, resource, *heard.more),
        actor=_actor(detail),
        facts={"call": detail.event_name, **heard.facts},
        dismissal=failed or heard.harmless,
        looks_fine=heard.looks_fine,
        tags=heard.tags,
        environment=heard.tags.get("Environment"),
    )


def _root(envelope: Envelope, detail: Detail) -> Signal:
    """That root called; a service that acts in its name is nobody's doing."""
    service = detail.identity.invoked_by
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
        dismissal=f"{service} acted in the name of the root user" if service else None,
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(Kind.ROOT_ACTIVITY, resource, day(envelope.time)),
        actor=_actor(detail),
        facts={"call": detail.event_name, "service": detail.event_source, "error": detail.error_code},
    )


def _denied(envelope: Envelope, detail: Detail) -> Signal:
    """A call that AWS refused: one item for each caller and day, however many calls they try."""
    actor = _actor(detail)
    who = actor.arn or actor.name
    resource = Resource(type="AWS::IAM::Principal", id=who, account=envelope.account, region=envelope.region)
    return Signal(
        id=f"{envelope.id}:{Kind.UNAUTHORIZED_CALL.value}",
        kind=Kind.UNAUTHORIZED_CALL,
        source=envelope.source,
        severity=Severity.MEDIUM,
        title=f"{actor.name} was refused {detail.event_name}",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(Kind.UNAUTHORIZED_CALL, resource, day(envelope.time)),
        actor=actor,
        facts={"call": detail.event_name, "service": detail.event_source, "error": detail.error_code},
    )
