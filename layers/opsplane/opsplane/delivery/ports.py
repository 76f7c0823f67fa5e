"""What the notifier needs from outside, besides what every function needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pydantic import Field

from opsplane.model import Model
from opsplane.notices.notice import Notice
from opsplane.ports import Ports


class Addresses(Model):
    """Where people are reached: the content of the notification secret. An empty address means: not configured.

    With the signing secret of a Slack app whose interactions lead to the service, messages have buttons.
    """

    slack_webhook_url: str = ""
    slack_signing_secret: str = Field("", repr=False)
    pagerduty_routing_key: str = ""
    pagerduty_url: str = "https://events.pagerduty.com/v2/enqueue"


class AddressBook(Protocol):
    """The notification secret."""

    def look_up(self, *, fresh: bool = False) -> Addresses:
        """The addresses, as they were minutes ago at most; `fresh` reads them anew.

        Raises:
            AccessDenied: the secret may not be read. PermanentError: it does not hold a JSON object of texts.
            ServiceUnavailable: it cannot be read just now.
        """
        ...


class Channel(Protocol):
    """One way to reach people."""

    @property
    def label(self) -> str:
        """Its name for people, e.g. `Slack`."""
        ...

    def configured(self) -> bool:
        """Whether an address is known. Raises as `AddressBook.look_up`."""
        ...

    def send(self, notice: Notice) -> None:
        """Send a notice and return when the receiver has taken it.

        Raises:
            DeliveryFailed: not taken just now; `retry_after` when the receiver said how long to wait.
            PermanentError: refused for good.
        """
        ...


class Guard(Protocol):
    """Makes at-least-once delivery once."""

    def once(self, key: str, work: Callable[[], None]) -> None:
        """Run `work` unless it came to its end for the same key already; an error of `work` leaves no trace.

        Raises:
            ServiceUnavailable: another delivery is at work on it, or the store cannot be reached.
        """
        ...


class NoticeQueue(Protocol):
    """The queue that the records come from."""

    def postpone(self, receipt: str, seconds: int) -> None:
        """Have a record come back in so many seconds rather than when the queue's own patience ends.

        Raises:
            ServiceUnavailable: the queue cannot be reached; the record then comes back later than wished.
        """
        ...


@dataclass(frozen=True)
class DeliveryPorts:
    """What the notifier needs: the ports of every function, channels by their name in a route, guard and queue."""

    core: Ports
    channels: Mapping[str, Channel]
    guard: Guard
    queue: NoticeQueue
