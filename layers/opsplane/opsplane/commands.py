"""What people ask for: approve, reject, undo, acknowledge, freeze: conditional writes, and own events."""

from datetime import datetime, timedelta

from opsplane.actions.action import OPSPLANE, Action, ActionState
from opsplane.decisions.freeze import Freeze
from opsplane.errors import IllegalTransition, UnknownRecord
from opsplane.ledger.entry import ACTION_REQUESTED, EntryKind, Message
from opsplane.ledger.item import Item, ItemState
from opsplane.ledger.ledger import Change, Trail
from opsplane.ports import Ports
from opsplane.records import amend, find_action

_PATIENCE = timedelta(minutes=2)
"""After this the sweep asks again for an action that nobody took up."""

_WORDS = {
    ActionState.APPROVED: "approved",
    ActionState.REJECTED: "rejected",
    ActionState.UNDOING: "undo asked for",
}


def approve(action_id: str, by: str, ports: Ports, note: str = "") -> Action:
    """Agree to a plan; the remediator applies it if live state is still what the plan found.

    Raises:
        UnknownRecord: no such action. IllegalTransition: it does not wait for approval.
    """
    return _decide(action_id, ActionState.APPROVED, by, note, ports)


def reject(action_id: str, by: str, ports: Ports, note: str = "") -> Action:
    """Refuse a plan; the same change is not asked about again until somebody makes it anew.

    Raises:
        UnknownRecord: no such action. IllegalTransition: it does not wait for approval.
    """
    return _decide(action_id, ActionState.REJECTED, by, note, ports)


def undo(action_id: str, by: str, ports: Ports, note: str = "") -> Action:
    """Put everything back that an action changed.

    Raises:
        UnknownRecord: no such action. IllegalTransition: there is nothing to undo in its state.
    """
    return _decide(action_id, ActionState.UNDOING, by, note, ports)


def lapse(action_id: str, ports: Ports) -> Action:
    """Take back what was meant for a time, now that it is over. Nobody declined it: the same may be done again.

    Raises:
        UnknownRecord: no such action. IllegalTransition: somebody took it back already.
    """
    return _decide(action_id, ActionState.UNDOING, OPSPLANE, "its time is over", ports)


def freeze(environment: str, by: str, reason: str, until: datetime | None, ports: Ports) -> Freeze:
    """Hold an environment (`*`: all) still: what would be enforced is asked about, until then or until a thaw."""
    frozen = Freeze(environment=environment, by=by, reason=reason, at=ports.now(), until=until)
    ports.ledger.freeze(frozen)
    return frozen


def thaw(environment: str, ports: Ports) -> None:
    """Lift the freeze of an environment.

    Raises:
        UnknownRecord: it is not frozen.
    """
    if environment not in {each.environment for each in ports.ledger.freezes()}:
        text = f"{environment} is not frozen"
        raise UnknownRecord(text)
    ports.ledger.thaw(environment)


def acknowledge(item_id: str, by: str, ports: Ports) -> Item:
    """Say that a person has an open item in hand.

    Raises:
        UnknownRecord: no such item. IllegalTransition: it is not open.
    """

    def build(item: Item) -> Change:
        if item.state is not ItemState.OPEN:
            text = f"item {item.id} is {item.state} and cannot be acknowledged"
            raise IllegalTransition(text)
        at = ports.now()
        trail = Trail(item.change(at, state=ItemState.ACKNOWLEDGED), at, by)
        trail.add(EntryKind.COMMAND, "acknowledged")
        return trail.change()

    return _item_of(amend(item_id, ports, build), item_id)


def close(item_id: str, by: str, ports: Ports, note: str = "") -> Item:
    """Say that an item is done with; the next signal of the same trouble reopens it.

    Raises:
        UnknownRecord: no such item. IllegalTransition: it is closed already.
    """

    def build(item: Item) -> Change:
        if item.state is ItemState.CLOSED:
            text = f"item {item.id} is closed already"
            raise IllegalTransition(text)
        at = ports.now()
        trail = Trail(item.change(at, state=ItemState.CLOSED), at, by)
        trail.add(EntryKind.COMMAND, f"closed{f': {note}' if note else ''}")
        return trail.change()

    return _item_of(amend(item_id, ports, build), item_id)


def _item_of(change: Change, item_id: str) -> Item:
    if change.item is None:
        text = f"there is no item {item_id}"
        raise UnknownRecord(text)
    return change.item


def _decide(action_id: str, state: ActionState, by: str, note: str, ports: Ports) -> Action:
    found = find_action(action_id, ports)

    def build(item: Item) -> Change:
        at = ports.now()
        current = ports.ledger.action(action_id) or found
        if current.state is state:
            text = f"action {action_id} is {state} already"
            raise IllegalTransition(text)
        if state is ActionState.UNDOING and len(current.plan.finals) == len(current.plan.steps):
            text = f"action {action_id} cannot be undone: {'; '.join(current.plan.finals)}"
            raise IllegalTransition(text)
        works = state in {ActionState.APPROVED, ActionState.UNDOING}
        due = at + _PATIENCE if works else None
        moved = current.move(state, at, decided_by=by, attempts=0, error=None, made=(), due_at=due)
        trail = Trail(item, at, by)
        trail.add(EntryKind.COMMAND, f"{action_id} {_WORDS[state]}{f': {note}' if note else ''}", moved)
        return trail.change([moved], outbox=[request(moved, at)] if works else [])

    change = amend(found.item_id, ports, build)
    return change.actions[0]


def request(action: Action, at: datetime) -> Message:
    """The own event that asks the remediator to go on with an action."""
    return Message(
        id=f"{action.id}-v{action.version}", detail_type=ACTION_REQUESTED, detail={"action_id": action.id}, at=at
    )
