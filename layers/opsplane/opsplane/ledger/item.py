"""An operational item: many signals with one dedupe key."""

import base64
import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from opsplane.model import Line, Model, Name
from opsplane.signals.signal import Actor, Kind, Resource, Severity, Signal


class ItemState(StrEnum):
    """Where an item is; a new signal reopens one that was resolved or closed."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Item(Model):
    """One incident, non-compliance, drift or alarm.

    `entries` counts its ledger entries and is its version; `route` names the channels of its notices, where its policy
    does.
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
