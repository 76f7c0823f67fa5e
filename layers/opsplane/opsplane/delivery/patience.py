"""How long one batch of notices waits for slow receivers.

Slack asks for a pause with `Retry-After` and disables a webhook that goes on regardless, and a receiver that does not
answer costs every notice of the batch its time-out. So short pauses are kept, up to a limit for the whole batch, and
after any other failure the channel is left alone until the next batch.
"""

from collections.abc import Callable

from opsplane.delivery.ports import Channel
from opsplane.errors import DeliveryFailed
from opsplane.notices.notice import Notice

LIMIT = 20.0
"""Seconds of waiting in one batch; the function's time-out is three times as long."""

FIRST_PAUSE, LONGEST_PAUSE = 5, 300
"""Seconds until a record comes back after its first failure, and at most."""


def pause_after(receives: int) -> int:
    """Seconds until a record comes back that was received so many times: doubled each time, five minutes at most.

    >>> [pause_after(receives) for receives in (1, 2, 5, 30)]
    [5, 10, 80, 300]
    """
    doublings = min(max(receives, 1) - 1, 10)
    return int(min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE))


class Patience:
    """Sends the notices of one batch; made anew for each."""

    def __init__(self, sleep: Callable[[float], None], limit: float = LIMIT) -> None:
        """`limit` is in seconds."""
        self._sleep = sleep
        self._left = limit
        self._silent: dict[str, str] = {}

    def send(self, channel: Channel, notice: Notice) -> None:
        """Send one notice, waiting when the receiver asks for it.

        Raises:
            DeliveryFailed: not taken in this batch. PermanentError: refused for good.
        """
        if reason := self._silent.get(channel.label):
            message = f"{channel.label} is left alone in this batch: {reason}"
            raise DeliveryFailed(message)
        while True:
            try:
                return channel.send(notice)
            except DeliveryFailed as error:
                if error.retry_after is None or error.retry_after > self._left:
                    self._silent[channel.label] = str(error)
                    raise
                # A receiver that says "now" is asked at most once a second.
                pause = max(error.retry_after, 1.0)
                self._left -= pause
                self._sleep(pause)
