"""The queue of events that could not be handled."""

import json

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.model import tame


class SqsUnhandledQueue:
    """Implements `opsplane.ports.UnhandledQueue`; the error stands beside the event as a message attribute."""

    def __init__(self, queue_url: str, function: str) -> None:
        """Events go to the queue at that address, marked with the function that gave up."""
        self._queue_url = queue_url
        self._function = function

    def keep(self, event: object, reason: str) -> None:
        """Send the event whole. SQS takes 1 MiB, EventBridge delivers at most 256 KB."""
        with translated("keep an unhandled event"):
            client("sqs").send_message(
                QueueUrl=self._queue_url,
                MessageBody=json.dumps(event, default=str),
                MessageAttributes={
                    "reason": {"DataType": "String", "StringValue": tame(reason, 1000) or "unknown"},
                    "function": {"DataType": "String", "StringValue": self._function},
                },
            )
