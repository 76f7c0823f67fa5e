"""Carries an action out: claim, apply, verify, record, tell. What is half done is visible and is finished later."""

from collections.abc import Callable
from datetime import datetime

from opsplane.actions.action import MAX_ATTEMPTS, OPSPLANE, Action, ActionState
from opsplane.errors import IllegalTransition, PermanentError, StateConflict, TemporaryError
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item, ItemState
from opsplane.ledger.ledger import Change, Held, Trail
from opsplane.notices.notice import compose, message
from opsplane.playbooks import by_name
from opsplane.ports import Ports
from opsplane.records import amend, find_item
from opsplane.replanning import ask_anew, renew
from opsplane.work import Work

MAX_STEP_LINES = 50
"""Lines of steps in one write: DynamoDB takes 100 items in a transaction."""


def carry_out(action: Action, owner: str, ports: Ports) -> Action:
    """Bring an action, as it was just read, to its end: applied and verified, undone, or failed with the reason.

    `owner` names the work, so that a second delivery of the same event may go on where the first one broke off.

    Raises:
        IllegalTransition: it is finished, or somebody else works on it.
        TemporaryError: AWS could not be asked just now; the record says so and the next delivery goes on.
    """
    return pursue(_claim(action, owner, ports), ports)


def pursue(held: Held, ports: Ports) -> Action:
    """Bring an action that is ours already to its end; see `carry_out`.

    Raises:
        TemporaryError: AWS could not be asked just now; the record says so and the next delivery goes on.
    """
    action = held.action
    if action.attempts > MAX_ATTEMPTS:
        left = f"; done and left so: {', '.join(action.made)}" if action.made else ""
        return _finish(held, [], f"given up after {MAX_ATTEMPTS} attempts: {action.error}{left}", ports)
    playbook = by_name(action.plan.playbook)
    if playbook is None:
        return _finish(held, [], f"playbook {action.plan.playbook} does not exist any more", ports)
    work: Work | None = None
    try:
        api = ports.accounts.reach(action.plan.resource)
        work = Work(action, playbook, api, ports.case_files.keep, held.seen, held.seen_at)
        return _work(held, work, ports)
    except TemporaryError as error:
        _interrupt(held, work, error, ports)
        raise
    except PermanentError as error:
        return _finish(held, work.lines if work else [], str(error), ports)


def _work(held: Held, work: Work, ports: Ports) -> Action:
    """Do the work and write down how it ended."""
    try:
        fault = work.carry(ports.sleep)
    except StateConflict as error:
        if work.undoing:
            raise
        return _plan_again(held, work, f"{error}{work.roll_back()}", ports)
    except PermanentError as error:
        fault = f"{error}{work.roll_back()}"
    return _finish(held, work.lines, fault, ports)


def _claim(action: Action, owner: str, ports: Ports) -> Held:
    claimed = action.claim(owner, ports.now())

    def build(item: Item) -> Change:
        trail = Trail(item, ports.now(), ports.function)
        attempt = f", attempt {claimed.attempts}" if claimed.attempts > 1 else ""
        trail.add(EntryKind.ACTION, f"{claimed.state} {claimed.id}{attempt}", claimed)
        return trail.change([claimed])

    # Nobody may work on an action that somebody else wrote since it was read, so one try decides.
    return Held(claimed, _write_once(action.item_id, ports, build))


def _write_once(item_id: str, ports: Ports, build: Callable[[Item], Change]) -> Item:
    """Write about an action that nobody else wrote: the write's own condition sees that, the second try says so."""
    tried = False

    def guarded(item: Item) -> Change:
        nonlocal tried
        change, again, tried = build(item), tried, True
        for action in change.actions if again else ():
            stored = ports.ledger.action(action.id)
            if stored and stored.version != action.version - 1:
                text = f"action {action.id} was taken by somebody else"
                raise IllegalTransition(text)
        return change

    return amend(item_id, ports, guarded).item or find_item(item_id, ports)


def _interrupt(held: Held, work: Work | None, error: TemporaryError, ports: Ports) -> None:
    """Record that AWS could not be asked, and what was made before; the action stays where it is and is due at once."""
    action, at = held.action, ports.now()
    stopped = action.model_copy(
        update={
            "version": action.version + 1,
            "lease_until": at,
            "due_at": at,
            "error": str(error)[:1000],
            "updated_at": at,
            "made": work.made if work else action.made,
        }
    )

    def build(item: Item) -> Change:
        trail = Trail(item, at, ports.function)
        _tell_steps(trail, work.lines if work else [])
        trail.add(EntryKind.ACTION, f"{action.id} interrupted, it will be taken up again: {error}", stopped)
        return trail.change([stopped])

    amend(action.item_id, ports, build, held.item)


def _tell_steps(trail: Trail, done: list[str]) -> None:
    """One line for each step, up to a number that fits into one transaction; the action's plan names them all."""
    for line in done[:MAX_STEP_LINES]:
        trail.add(EntryKind.STEP, line)
    if more := done[MAX_STEP_LINES:]:
        trail.add(EntryKind.STEP, f"and {len(more)} steps more, down to {more[-1]}")


def _finish(held: Held, done: list[str], fault: str | None, ports: Ports, state: ItemState | None = None) -> Action:
    """Write down how an action ended; `state` is the item's when it is not the one that follows from the action's."""
    action = held.action
    undoing = action.state is ActionState.UNDOING
    good = ActionState.UNDONE if undoing else ActionState.VERIFIED
    due = None if fault or undoing else _end_of(action, ports)
    ended = action.move(ActionState.FAILED if fault else good, ports.now(), error=fault, due_at=due)

    def build(item: Item) -> Change:
        at = ports.now()
        trail = Trail(item.move(state or _item_state(item, ended), at), at, ports.function)
        _tell_steps(trail, done)
        trail.add(EntryKind.ACTION, f"{ended.id} {ended.state}{f': {fault}' if fault else ''}", ended)
        notice = compose(trail.item, ended, fault or ended.reason, ports.settings.console_url)
        return trail.change([ended], outbox=[message(notice)])

    amend(action.item_id, ports, build, held.item)
    return ended


def _end_of(action: Action, ports: Ports) -> datetime | None:
    """When the sweep takes back what was done, where that is meant for a time only."""
    playbook = by_name(action.plan.playbook)
    period = playbook.lasts(action.plan.parameters) if playbook and playbook.lasts else None
    return ports.now() + period if period else None


def _plan_again(held: Held, work: Work, why: str, ports: Ports) -> Action:
    """End an action whose plan no longer fits, and ask about a new plan when there is still something to do."""
    action, lines = work.action, work.lines
    try:
        renewed = renew(action.plan, work.playbook, work.api, ports.ledger.memory)
    except PermanentError as error:
        return _finish(held, lines, f"{why}; it could not be planned anew: {error}", ports)
    if renewed is None:
        # What was taken over may be gone; what it did with its rights is not.
        state = ItemState.CONTAINED if work.playbook.contains else ItemState.RESOLVED
        return _finish(held, lines, f"{why}; it is in order now, nothing is left to do", ports, state)
    ended = action.move(ActionState.FAILED, ports.now(), error=f"{why}; planned anew")

    def build(item: Item) -> Change:
        at = ports.now()
        asking = ask_anew(item, renewed, f"planned anew, since {why}", at)
        trail = Trail(item.move(ItemState.OPEN, at, actions=item.actions + 1), at, ports.function)
        _tell_steps(trail, lines)
        trail.add(EntryKind.ACTION, f"{ended.id} {ended.state}: {ended.error}", ended)
        trail.add(EntryKind.DECISION, f"ask: {asking.reason}", asking)
        notice = compose(trail.item, asking, asking.reason, ports.settings.console_url)
        return trail.change([ended, asking], outbox=[message(notice)])

    amend(action.item_id, ports, build, held.item)
    return ended


def _item_state(item: Item, action: Action) -> ItemState:
    """What follows for the item from how an action ended.

    A verified fix resolves it; a containment does not, since a person has to look at what happened. A failure opens it,
    and a person's undo means that they know and want it so. What a person closed meanwhile stays closed.
    """
    if item.state is ItemState.CLOSED:
        return ItemState.CLOSED
    match action.state:
        case ActionState.VERIFIED:
            playbook = by_name(action.plan.playbook)
            return ItemState.CONTAINED if playbook and playbook.contains else ItemState.RESOLVED
        case ActionState.UNDONE:
            return ItemState.RESOLVED if action.decided_by == OPSPLANE else ItemState.ACKNOWLEDGED
        case _:
            return ItemState.OPEN
