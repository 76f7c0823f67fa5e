"""The queue of notices on SQS, as far as the notifier changes it."""

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated


class SqsNoticeQueue:
    """Implements `opsplane.delivery.ports.NoticeQueue`."""

    def __init__(self, queue_url: str) -> None:
        """The queue at that address."""
        self._queue_url = queue_url

    def postpone(self, receipt: str, seconds: int) -> None:
        """Have a record come back in so many seconds."""
        with translated("postpone a notice"):
            client("sqs").change_message_visibility(
                QueueUrl=self._queue_url, ReceiptHandle=receipt, VisibilityTimeout=seconds
            )
