"""The queue of events that could not be handled, as people need to see it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from opsplane.ledger.entry import NOTICE_REQUESTED
from opsplane.model import JsonObject

from opsplane_cli.connection import Connection
from opsplane_cli.routes import NOTIFIER, REMEDIATOR, short_name

HOLD = 30
"""Seconds for which a message stays hidden from others while it is looked at or sent back in."""

_BATCH = 10
"""SQS hands out at most ten messages a call."""


@dataclass(frozen=True)
class Waiting:
    """One message of the queue: an event whole, and why nobody handled it."""

    message_id: str
    receipt: str
    event: Any
    reason: str
    function: str
    kept_at: datetime

    @property
    def event_id(self) -> str:
        """The event's own id, or the message's when it has none."""
        found = self.event.get("id") if isinstance(self.event, dict) else None
        return found if isinstance(found, str) and found else self.message_id

    @property
    def subject(self) -> str:
        """What kind of event it is, in a few words."""
        if not isinstance(self.event, dict):
            return "no object"
        return str(self.event.get("detail-type") or self.event.get("kind") or "no detail-type")


class UnhandledEvents:
    """The unhandled queue of one deployment."""

    def __init__(self, connection: Connection) -> None:
        """Find the queue.

        Raises:
            botocore.exceptions.ClientError: there is none.
        """
        self._sqs = connection.client("sqs")
        self._notices = connection.named("notices")
        self.url: str = self._sqs.get_queue_url(QueueName=connection.named("unhandled"))["QueueUrl"]

    def take(self, limit: int) -> tuple[Waiting, ...]:
        """Up to `limit` messages, hidden from others until they are given back or `HOLD` seconds have passed."""
        found: dict[str, Waiting] = {}
        while len(found) < limit:
            answer = self._sqs.receive_message(
                QueueUrl=self.url,
                MaxNumberOfMessages=min(_BATCH, limit - len(found)),
                VisibilityTimeout=HOLD,
                WaitTimeSeconds=1,
                MessageAttributeNames=["All"],
                MessageSystemAttributeNames=["SentTimestamp", "DeadLetterQueueSourceArn"],
            )
            fresh = [
                waiting for waiting in map(_waiting, answer.get("Messages", [])) if waiting.message_id not in found
            ]
            if not fresh:
                break
            found |= {waiting.message_id: waiting for waiting in fresh}
        return tuple(sorted(found.values(), key=lambda waiting: waiting.kept_at))

    def give_back(self, messages: tuple[Waiting, ...]) -> None:
        """Make messages visible again at once."""
        for waiting in messages:
            self._sqs.change_message_visibility(QueueUrl=self.url, ReceiptHandle=waiting.receipt, VisibilityTimeout=0)

    def return_notice(self, waiting: Waiting) -> None:
        """Put what the notifier gave up on back into the queue that it takes its work from."""
        notices = self._sqs.get_queue_url(QueueName=self._notices)["QueueUrl"]
        body = waiting.event if isinstance(waiting.event, str) else json.dumps(waiting.event)
        self._sqs.send_message(QueueUrl=notices, MessageBody=body)

    def remove(self, waiting: Waiting) -> None:
        """Take a message out for good."""
        self._sqs.delete_message(QueueUrl=self.url, ReceiptHandle=waiting.receipt)


def _waiting(message: dict[str, Any]) -> Waiting:
    attributes = {name: value.get("StringValue", "") for name, value in message.get("MessageAttributes", {}).items()}
    system = message.get("Attributes", {})
    try:
        body = json.loads(message["Body"])
    except ValueError:
        body = message["Body"]
    event, reason, function = _reading(body, attributes, system)
    return Waiting(
        message_id=message["MessageId"],
        receipt=message["ReceiptHandle"],
        event=event,
        reason=reason,
        function=short_name(function),
        kept_at=datetime.fromtimestamp(int(system.get("SentTimestamp", 0)) / 1000, UTC),
    )


def _reading(body: Any, attributes: dict[str, str], system: dict[str, str]) -> tuple[Any, str, str]:
    """Event, reason and function, as each of those who fill the queue writes them.

    A function of ours keeps an event with `reason` and `function` beside it.
    EventBridge's dead letters: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    Lambda's failure destination: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    The queue of notices redrives what the notifier gave back too often, with nothing beside it.
    """
    if "reason" in attributes:
        return body, attributes["reason"], attributes.get("function", REMEDIATOR)
    if "ERROR_CODE" in attributes:
        reason = f"{attributes['ERROR_CODE']}: {attributes.get('ERROR_MESSAGE', '')}"
        target = attributes.get("TARGET_ARN", "")
        return body, reason, NOTIFIER if ":sqs:" in target else target or REMEDIATOR
    if isinstance(body, dict) and "requestPayload" in body:
        return _from_destination(body)
    if "DeadLetterQueueSourceArn" in system or _is_notice(body):
        return body, "the notifier gave it back too often", NOTIFIER
    return body, "no reason is kept with it", REMEDIATOR


def _from_destination(body: JsonObject) -> tuple[Any, str, str]:
    context, answer = body.get("requestContext", {}), body.get("responsePayload")
    told = answer.get("errorMessage") if isinstance(answer, dict) else None
    reason = f"{context.get('condition', 'failed')}: {told or 'no message'}"
    return body["requestPayload"], reason, str(context.get("functionArn") or REMEDIATOR)


def _is_notice(body: Any) -> bool:
    """Whether a message without any mark comes from the queue of notices: ours, or one of a topic."""
    if not isinstance(body, dict):
        return False
    return body.get("detail-type") == NOTICE_REQUESTED or ("TopicArn" in body and "Message" in body)
