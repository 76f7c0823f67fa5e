"""What the ledger holds besides the current item and action."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from opsplane.actions.action import Action
from opsplane.decisions.decision import Outcome
from opsplane.ledger.item import Item
from opsplane.model import JsonObject, Line, Model, Name
from opsplane.signals.signal import Signal


class EntryKind(StrEnum):
    """What an entry tells."""

    SIGNAL = "signal"
    DECISION = "decision"
    ACTION = "action"
    STEP = "step"
    COMMAND = "command"
    NOTICE = "notice"


class Entry(Model):
    """One line of an item's trail, never changed. `item` and `action` are as they were after it."""

    id: Name
    item_id: Name
    at: AwareDatetime
    kind: EntryKind
    by: Name
    text: Line
    item: Item
    action: Action | None = None


class EventRecord(Model):
    """What became of one signal; at-least-once delivery finds it here the second time.

    `id` is the signal's id, which starts with the id of the event that it came from. `signal` is kept so that other
    policies can be tried on it later; of an event that was refused there is none.
    """

    id: Name
    event_id: Name
    function: Name
    at: AwareDatetime
    outcome: Outcome
    reason: Line
    item_id: Name | None = None
    action_id: Name | None = None
    signal: Signal | None = Field(default=None, repr=False)


class Message(Model):
    """An own event on its way to the bus; kept in the outbox until the bus has it."""

    id: Name
    detail_type: Name
    detail: JsonObject
    at: AwareDatetime


NOTICE_REQUESTED = "Notice Requested"
ACTION_REQUESTED = "Action Requested"
SOURCE = "opsplane"
