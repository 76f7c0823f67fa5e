"""Everything that the core needs from outside, in one value."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from opsplane.ledger.entry import Message
from opsplane.ledger.ledger import Ledger
from opsplane.playbooks.plan import Api
from opsplane.policies.policy import PolicySet
from opsplane.settings import Settings


class Bus(Protocol):
    """Our own event bus."""

    def publish(self, messages: Sequence[Message]) -> None:
        """Put own events on the bus.

        Raises:
            ServiceUnavailable: one of them was not taken.
        """
        ...


class UnhandledQueue(Protocol):
    """Where events wait that could not be handled."""

    def keep(self, event: object, reason: str) -> None:
        """Keep an event whole, with its error beside it.

        Raises:
            ServiceUnavailable: the queue did not take it.
        """
        ...


@dataclass(frozen=True)
class Ports:
    """What a handler hands to the core. Time and sleep are arguments too, so that a test owns them."""

    settings: Settings
    policies: PolicySet
    ledger: Ledger
    api: Api
    bus: Bus
    unhandled: UnhandledQueue
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    function: str


def event_id(event: object) -> str:
    """The id of a raw event, or a text that says it has none and still tells one event from another."""
    found: Any = event.get("id") if isinstance(event, dict) else None
    if isinstance(found, str) and found:
        return found
    return f"no-id-{event_digest(event)}"


def event_digest(event: object) -> str:
    """Sixteen characters that tell one raw event's content from another's."""
    text = json.dumps(event, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
