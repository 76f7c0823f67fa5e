"""AWS Health: exposed credentials; whatever else it tells is kept as a finding.

https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
"""

from typing import Any

from pydantic import Field

from opsplane.signals.envelope import Envelope, Wire, parse_wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key

DETAIL_TYPE = "AWS Health Event"
_EXPOSED = "AWS_RISK_CREDENTIALS_EXPOSED"


class Entity(Wire):
    """One thing that an event is about."""

    value: str = Field(alias="entityValue", min_length=1, max_length=512)


class Detail(Wire):
    """The part of an event that we read."""

    arn: str = Field(alias="eventArn", min_length=1, max_length=512)
    code: str = Field(alias="eventTypeCode", min_length=1, max_length=256)
    service: str = ""
    status: str = Field("open", alias="statusCode")
    metadata: dict[str, Any] = Field(default_factory=dict, alias="eventMetadata")
    entities: tuple[Entity, ...] = Field((), alias="affectedEntities")


def parse(envelope: Envelope) -> tuple[Signal, ...]:
    """A signal for each exposed key, or one for the event; copies of it from another region share its items.

    Raises:
        UnhandledEvent: a field is missing or wrong.
    """
    detail = parse_wire(Detail, envelope.detail, "AWS Health event")
    user = detail.metadata.get("username")
    if detail.code == _EXPOSED and isinstance(user, str) and user and detail.entities:
        return tuple(_exposed(envelope, detail, user, place, each.value) for place, each in enumerate(detail.entities))
    name = detail.entities[0].value if detail.entities else detail.arn
    resource = Resource(type="AWS::Health::Event", id=name, account=envelope.account, region=envelope.region)
    return (
        Signal(
            id=f"{envelope.id}:{Kind.FINDING.value}",
            kind=Kind.FINDING,
            source=envelope.source,
            severity=Severity.MEDIUM,
            title=f"AWS Health: {detail.code}",
            resource=resource,
            time=envelope.time,
            dedupe_key=dedupe_key(Kind.FINDING, resource, detail.arn[-120:]),
            facts={"event": detail.arn, "code": detail.code, "status": detail.status},
            dismissal="AWS Health says that it is over" if detail.status == "closed" else None,
        ),
    )


def _exposed(envelope: Envelope, detail: Detail, user: str, place: int, key: str) -> Signal:
    resource = Resource(type="AWS::IAM::User", id=user, account=envelope.account, region=envelope.region)
    return Signal(
        id=f"{envelope.id}:{Kind.ACCESS_KEY_THREAT.value}:{place}",
        kind=Kind.ACCESS_KEY_THREAT,
        source=envelope.source,
        severity=Severity.CRITICAL,
        title=f"An access key of {user} is public",
        resource=resource,
        time=envelope.time,
        dedupe_key=dedupe_key(Kind.ACCESS_KEY_THREAT, resource, key),
        facts={"access_key": key, "user": user, "event": detail.arn},
        dismissal="AWS Health says that it is over" if detail.status == "closed" else None,
    )
