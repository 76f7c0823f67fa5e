"""An operational item: many signals with one dedupe key."""

import base64
import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from opsplane.errors import IllegalTransition
from opsplane.model import Line, Model, Name
from opsplane.signals.signal import Actor, Kind, Resource, Severity, Signal


class ItemState(StrEnum):
    """Where an item is; a new signal reopens one that was contained, resolved or closed."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    CLOSED = "closed"


_S = ItemState
NEXT_STATES: dict[ItemState, frozenset[ItemState]] = {
    _S.OPEN: frozenset({_S.ACKNOWLEDGED, _S.CONTAINED, _S.RESOLVED, _S.CLOSED}),
    _S.ACKNOWLEDGED: frozenset({_S.OPEN, _S.CONTAINED, _S.RESOLVED, _S.CLOSED}),
    _S.CONTAINED: frozenset({_S.OPEN, _S.ACKNOWLEDGED, _S.RESOLVED, _S.CLOSED}),
    _S.RESOLVED: frozenset({_S.OPEN, _S.ACKNOWLEDGED, _S.CONTAINED, _S.CLOSED}),
    _S.CLOSED: frozenset({_S.OPEN}),
}
"""What may follow what, whoever wants it: people, signals and actions alike."""


class Item(Model):
    """One incident, non-compliance, drift or alarm.

    `entries` counts its ledger entries and is its version; `route` names the channels of its notices, where its policy
    does. While it is open, `due_at` is until when somebody should have it in hand, and `escalations` how often that
    passed by. What was learned of it (`root_cause`, `impact`, `follow_up`) is written by people.
    """

    id: Name
    kind: Kind
    title: Line
    severity: Severity
    state: ItemState
    environment: Name
    resource: Resource
    actor: Actor | None = None
    policy: Name | None = None
    route: tuple[Name, ...] = ()
    opened_at: AwareDatetime
    updated_at: AwareDatetime
    signals: int = 0
    entries: int = 0
    actions: int = 0
    due_at: AwareDatetime | None = None
    escalations: int = 0
    root_cause: Line = ""
    impact: Line = ""
    follow_up: Line = ""

    def move(self, state: ItemState, at: datetime, **changes: Any) -> "Item":
        """The item in another state, or in the one that it has.

        Raises:
            IllegalTransition: the states do not follow each other.
        """
        if state is not self.state and state not in NEXT_STATES[self.state]:
            message = f"item {self.id} is {self.state} and cannot become {state}"
            raise IllegalTransition(message)
        waits = {} if state is ItemState.OPEN else {"due_at": None}
        return self.change(at, **waits, **changes, state=state)

    def change(self, at: datetime, **changes: Any) -> "Item":
        """The item with some fields changed at a moment."""
        return self.model_copy(update={**changes, "updated_at": at})


def item_id(dedupe_key: str) -> str:
    """The id that a dedupe key always gives: ten characters that a person can read out, e.g. `7f3k2m9qxd`."""
    digest = hashlib.sha256(dedupe_key.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:10]


def open_item(signal: Signal, severity: Severity, environment: str, policy: str | None, at: datetime) -> Item:
    """A new item from its first signal."""
    return Item(
        id=item_id(signal.dedupe_key),
        kind=signal.kind,
        title=signal.title,
        severity=severity,
        state=ItemState.OPEN,
        environment=environment,
        resource=signal.resource,
        actor=signal.actor,
        policy=policy,
        opened_at=at,
        updated_at=at,
    )
