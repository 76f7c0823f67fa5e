"""Everything that the core needs from outside, in one value."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from opsplane.ledger.entry import Message
from opsplane.ledger.ledger import Ledger
from opsplane.model import JsonObject, Line, Model, Name
from opsplane.playbooks.plan import Api
from opsplane.policies.policy import PolicySet
from opsplane.settings import Settings
from opsplane.signals.signal import Resource


class CaseFile(Model):
    """Where a case file lies, how many bytes it has, and the SHA-256 of them in hexadecimal digits."""

    place: Line
    size: int
    sha256: Name


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


class Accounts(Protocol):
    """The accounts and regions that this opsplane may act in: its own, and those that enrolled."""

    def reach(self, resource: Resource) -> Api:
        """The AWS API in the account and region of a resource.

        Raises:
            NotEnrolled: the account has no role for us. AccessDenied: its role does not let us in.
            ServiceUnavailable: the role cannot be assumed just now.
        """
        ...


class CaseFiles(Protocol):
    """Where the evidence of a containment is kept, out of reach of what is contained."""

    def keep(self, name: str, content: JsonObject) -> CaseFile:
        """Keep a case file; the same name again replaces nothing, versions are kept.

        Raises:
            AccessDenied, PermanentError: it cannot be kept. ServiceUnavailable: not just now.
        """
        ...


@dataclass(frozen=True)
class Ports:
    """What a handler hands to the core. Time and sleep are arguments too, so that a test owns them.

    `api` is the AWS API of our own account and region, `accounts` leads to all that we may act in.
    """

    settings: Settings
    policies: PolicySet
    ledger: Ledger
    api: Api
    accounts: Accounts
    case_files: CaseFiles
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
