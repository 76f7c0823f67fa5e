"""What people ask for about actions and environments: approve, reject, undo, freeze; conditional writes, own events."""

from datetime import datetime, timedelta

from opsplane.actions.action import OPSPLANE, Action, ActionState
from opsplane.decisions.freeze import Freeze
from opsplane.errors import Forbidden, IllegalTransition, UnknownRecord
from opsplane.ledger.entry import ACTION_REQUESTED, EntryKind, Message
from opsplane.ledger.item import Item
from opsplane.ledger.ledger import Change, Trail
from opsplane.ports import Ports
from opsplane.records import amend, find_action, find_item
from opsplane.rulebook import in_force

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
        UnknownRecord: no such action. IllegalTransition: it does not wait for approval. Forbidden: another person than
            the one who made the change has to approve; the attempt is recorded.
    """
    _check_four_eyes(find_action(action_id, ports), by, ports)
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


def _check_four_eyes(action: Action, by: str, ports: Ports) -> None:
    """Refuse an approval by whoever made the change. A name is all that is compared: it keeps honest people honest."""
    item = find_item(action.item_id, ports)
    policies = in_force(ports.ledger.override(), ports)
    if not (item.actor and item.actor.goes_by(by) and policies.wants_four_eyes(item.policy, item.environment)):
        return
    text = f"{by} made the change that action {action.id} is about: another person has to approve it"

    def build(current: Item) -> Change:
        trail = Trail(current, ports.now(), by)
        trail.add(EntryKind.COMMAND, f"{action.id} not approved: {text}")
        return trail.change()

    amend(item.id, ports, build)
    raise Forbidden(text)


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
