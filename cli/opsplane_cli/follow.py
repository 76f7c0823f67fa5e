"""Following an event or an action to its end, by looking at the ledger again and again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from opsplane.actions.action import UNFINISHED, Action, ActionState
from opsplane.decisions.decision import Outcome
from opsplane.errors import UnhandledEvent, UnknownRecord
from opsplane.ledger.entry import Entry, EntryKind, EventRecord
from opsplane.ledger.item import Item
from opsplane.ledger.ledger import Ledger
from opsplane.model import JsonObject
from opsplane.ports import event_id
from opsplane.signals import parse

from opsplane_cli.outside import Outside

PAUSE = 0.2
"""Seconds between two looks."""

NOTICE_PATIENCE = 5.0
"""Seconds to wait for the notifier's entry; a late notice is no failure."""

TOLD = frozenset({Outcome.ACT, Outcome.ASK, Outcome.TELL})
"""Outcomes that people are told about."""

MOVING = UNFINISHED - {ActionState.AWAITING_APPROVAL}
"""States that end by themselves; a question to a person does not."""


@dataclass(frozen=True)
class Watch:
    """How something is followed: with which clock, for how many seconds, and whom to tell what is going on."""

    world: Outside
    seconds: float
    tell: Callable[[str], None]

    def looks(self) -> Iterator[None]:
        """Go on until the time is over, with a pause after each look but the last."""
        until = self.world.clock() + self.seconds
        while True:
            yield
            if self.world.clock() >= until:
                return
            self.world.sleep(PAUSE)


@dataclass(frozen=True)
class Sight:
    """What the ledger shows of one event at one moment.

    Attributes:
        records: What became of its signals, so far.
        actions: The actions of those records, as they are now.
        complete: Whether nothing of it moves any more by itself.
    """

    records: tuple[EventRecord, ...] = ()
    actions: tuple[Action, ...] = ()
    complete: bool = False

    @property
    def refusal(self) -> EventRecord | None:
        """The record that says why the event was refused, if it was."""
        return next((record for record in self.records if record.outcome is Outcome.REFUSE), None)


def expected_records(event: JsonObject, account: str) -> frozenset[str]:
    """The ids of the records that an event will leave, as this version of the core reads it."""
    try:
        return frozenset(signal.id for signal in parse(event, account))
    except UnhandledEvent:
        return frozenset({f"{event_id(event)}:unhandled"})


def look(ledger: Ledger, event: str, expected: frozenset[str]) -> Sight:
    """Look once."""
    records = ledger.events(event)
    found = (ledger.action(record.action_id) for record in records if record.action_id)
    actions = tuple(action for action in found if action)
    refused = any(record.outcome is Outcome.REFUSE for record in records)
    answered = refused or expected <= {record.id for record in records}
    return Sight(records, actions, answered and not any(action.state in MOVING for action in actions))


def follow_event(ledger: Ledger, event: str, expected: frozenset[str], watch: Watch) -> Sight:
    """Look until the event is complete or time is over; the answer is what was seen last."""
    sight = Sight()
    for _ in watch.looks():
        sight = look(ledger, event, expected)
        if sight.complete:
            break
        watch.tell(_progress(sight))
    return sight


def follow_action(ledger: Ledger, action_id: str, watch: Watch) -> Action:
    """Look until the action rests or time is over; the answer is the action as it is then.

    Raises:
        UnknownRecord: there is no such action.
    """
    action = None
    for _ in watch.looks():
        action = ledger.action(action_id)
        if action is None or action.state not in MOVING:
            break
        watch.tell(f"{action.id} {action.state}")
    if action is None:
        message = f"there is no action {action_id}"
        raise UnknownRecord(message)
    return action


def items_of(ledger: Ledger, sight: Sight) -> tuple[Item, ...]:
    """The items of an event, as they are now, each once."""
    ids = dict.fromkeys(record.item_id for record in sight.records if record.item_id)
    return tuple(item for item in map(ledger.item, ids) if item)


def follow_notices(ledger: Ledger, sight: Sight, watch: Watch) -> tuple[Entry, ...]:
    """Look until the trail of each item that people are told about says so, or for `NOTICE_PATIENCE` seconds.

    The notifier works beside the remediator, so its entry comes a little after the action has ended.
    """
    wanted = {record.item_id for record in sight.records if record.outcome in TOLD and record.item_id}
    found: tuple[Entry, ...] = ()
    for _ in replace(watch, seconds=min(watch.seconds, NOTICE_PATIENCE)).looks():
        found = notices_of(ledger, sight)
        if wanted <= {entry.item_id for entry in found}:
            break
        watch.tell("waiting for the notifier")
    return found


def notices_of(ledger: Ledger, sight: Sight) -> tuple[Entry, ...]:
    """What the trails of an event's items say about notices since the event was decided."""
    since = {record.item_id: record.at for record in sight.records if record.item_id}
    trails = (ledger.entries(item_id) for item_id in since)
    return tuple(
        entry
        for trail in trails
        for entry in trail
        if entry.kind is EntryKind.NOTICE and entry.at >= since[entry.item_id]
    )


def _progress(sight: Sight) -> str:
    moving = [f"{action.id} {action.state}" for action in sight.actions if action.state in MOVING]
    if moving:
        return ", ".join(moving)
    return "decided, waiting for the rest" if sight.records else "waiting for the remediator"
