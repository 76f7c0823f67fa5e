"""What arrives in the notifier's queue, as notices: own events, alarms, and whatever else somebody publishes.

Two kinds of body: an EventBridge event `Notice Requested` from our own bus, and an SNS envelope from one of the topics
`<environment>-critical-alerts`, `-warning-alerts` and `-info-alerts`.
https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from opsplane.errors import UnhandledEvent
from opsplane.ledger.entry import NOTICE_REQUESTED, SOURCE
from opsplane.model import tame
from opsplane.notices import alarms
from opsplane.notices.notice import MAX_STEPS, Notice
from opsplane.notices.secrets import MASK, mask, names_a_secret
from opsplane.settings import Settings
from opsplane.signals.envelope import Envelope, Wire, parse_wire
from opsplane.signals.signal import Severity

_LEVELS = {"critical": Severity.CRITICAL, "warning": Severity.MEDIUM, "info": Severity.INFO}
_TOPIC = re.compile(r"^arn:[^:]+:sns:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):(?P<name>[\w.-]+)$")
_NAME = re.compile(r"^(?P<environment>[a-z][a-z0-9-]*)-(?P<level>critical|warning|info)-alerts$")


class SnsEnvelope(Wire):
    """What SNS puts around a message on its way to a queue."""

    type: Literal["Notification"] = Field(alias="Type")
    id: Annotated[str, StringConstraints(min_length=1, max_length=128)] = Field(alias="MessageId")
    topic: Annotated[str, StringConstraints(pattern=_TOPIC.pattern)] = Field(alias="TopicArn")
    subject: str | None = Field(None, alias="Subject")
    message: str = Field(alias="Message")
    at: AwareDatetime = Field(alias="Timestamp")


@dataclass(frozen=True)
class Topic:
    """Where an SNS message was published, and what the topic's name says of it."""

    region: str
    account: str
    name: str
    environment: str
    severity: Severity


@dataclass(frozen=True)
class Letter:
    """One record of the queue.

    Attributes:
        id: The record's id: the same when SQS delivers it again, another one when somebody sends it in again.
        notice: What to tell.
        body: The record as it came.
        fault: Why it could not be understood, or None.
    """

    id: str
    notice: Notice
    body: object
    fault: str | None = None


def read(record_id: str, text: str, settings: Settings, now: datetime) -> Letter:
    """The notice of one record; a record that cannot be understood becomes a card that says so."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return _misunderstood(record_id, text, "the record is not JSON", settings, now)
    try:
        return Letter(record_id, _notice(body, settings), body)
    except UnhandledEvent as error:
        return _misunderstood(record_id, body, str(error), settings, now)


def _notice(body: object, settings: Settings) -> Notice:
    if isinstance(body, dict) and "detail-type" in body:
        return _own(body, settings)
    if isinstance(body, dict) and "TopicArn" in body:
        return _published(parse_wire(SnsEnvelope, body, "SNS message"), settings)
    message = "the record is neither an event of our bus nor an SNS message"
    raise UnhandledEvent(message)


def _own(body: dict[str, Any], settings: Settings) -> Notice:
    envelope = parse_wire(Envelope, body, "event")
    if (envelope.source, envelope.detail_type, envelope.account) != (SOURCE, NOTICE_REQUESTED, settings.account):
        message = f"nobody tells {envelope.detail_type!r} events of {envelope.source} in account {envelope.account}"
        raise UnhandledEvent(message)
    try:
        return Notice.model_validate(envelope.detail)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors()[:3])
        message = f"the notice has the wrong shape: {fields}"
        raise UnhandledEvent(message) from error


def _published(envelope: SnsEnvelope, settings: Settings) -> Notice:
    topic = _topic(envelope.topic, settings)
    try:
        message = json.loads(envelope.message)
    except (ValueError, RecursionError):
        message = envelope.message
    if isinstance(message, dict) and "AlarmName" in message:
        return alarms.compose(alarms.parse(message), envelope.id, topic.severity, topic.environment)
    return Notice(
        id=envelope.id,
        headline=tame(mask(envelope.subject or ""), 1000) or f"Message on {topic.name}",
        severity=topic.severity,
        environment=topic.environment,
        account=topic.account,
        region=topic.region,
        resource=f"AWS::SNS::Topic {topic.name}",
        at=envelope.at,
        steps=_lines(message),
    )


def _topic(arn: str, settings: Settings) -> Topic:
    found = _TOPIC.match(arn)
    if found is None:
        message = "TopicArn is not the ARN of a topic"
        raise UnhandledEvent(message)
    named = _NAME.match(found["name"])
    environment, level = (named["environment"], named["level"]) if named else (settings.environment, "warning")
    return Topic(found["region"], found["account"], found["name"], environment, _LEVELS[level])


def _lines(message: Any) -> tuple[str, ...]:
    """A message line by line; of a JSON object one line for each field, secrets masked."""
    if isinstance(message, dict):
        fields = list(message.items())
        shown = [f"{mask(str(key))}: {_value(str(key), value)}" for key, value in fields[:MAX_STEPS]]
        return _cut(shown, len(fields))
    lines = [line for line in mask(str(message)).splitlines() if line.strip()]
    return _cut(lines[:MAX_STEPS], len(lines))


def _cut(shown: list[str], count: int) -> tuple[str, ...]:
    return (*shown, f"and {count - len(shown)} more lines") if count > len(shown) else tuple(shown)


def _value(name: str, value: object) -> str:
    if names_a_secret(name):
        return MASK
    return mask(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _misunderstood(record_id: str, body: object, fault: str, settings: Settings, now: datetime) -> Letter:
    notice = Notice(
        id=f"misunderstood-{record_id}",
        headline="A message for people could not be understood",
        severity=Severity.MEDIUM,
        environment=settings.environment,
        account=settings.account,
        region=settings.region,
        resource=f"AWS::SQS::Message {record_id}",
        at=now,
        reason=mask(fault),
        steps=_lines(body),
        next_step="opsplane unhandled",
    )
    return Letter(record_id, notice, body, fault)
