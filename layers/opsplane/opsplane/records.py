"""Writes to the ledger: what a signal led to, and changes of an item that others may be changing too."""

import random
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from opsplane.actions.action import APPROVAL_PERIOD, LEASE, Action, ActionState, action_id, begun
from opsplane.decisions.decision import Decision, Outcome
from opsplane.errors import LedgerConflict, TemporaryError, UnknownRecord
from opsplane.ledger.entry import EntryKind, EventRecord, Message
from opsplane.ledger.item import Item, ItemState, open_item
from opsplane.ledger.ledger import Change, Held, Trail
from opsplane.model import JsonObject
from opsplane.notices.notice import compose, message
from opsplane.ports import Ports, event_digest
from opsplane.signals.signal import Severity, Signal

ATTEMPTS = 8
"""How often a write is tried when others write the same item."""

_DONE = frozenset({ItemState.RESOLVED, ItemState.CLOSED, ItemState.CONTAINED})


class Recorded(NamedTuple):
    """What was written about a signal, and the action to carry out now, which is ours already; None: nothing to do."""

    event: EventRecord
    held: Held | None = None


def record_decision(signal: Signal, decision: Decision, item: Item | None, owner: str, ports: Ports) -> Recorded:
    """Write what was decided about a signal, with the intent of the action before anything is changed.

    What is to be done at once is `owner`'s from the first moment: nobody has to claim it.

    Raises:
        LedgerConflict: the item was written by somebody else since it was read; judge again.
    """
    if decision.outcome is Outcome.IGNORE or (decision.outcome is Outcome.RECORD and decision.policy is None):
        return Recorded(_record_event(signal, decision, item, ports))
    at = ports.now()
    current = item or open_item(signal, decision.severity, decision.environment, decision.policy, at)
    trail = Trail(_heard(current, signal, decision, at), at, ports.function)
    trail.add(EntryKind.SIGNAL, f"{signal.title} ({signal.source}){_who(signal)}")
    action = _planned(trail.item, decision, at) if decision.outcome in {Outcome.ACT, Outcome.ASK} else None
    acting = action is not None and decision.outcome is Outcome.ACT
    if action:
        trail.item = trail.item.change(at, actions=trail.item.actions + 1)
        action = begun(action, owner, at) if acting else action
    trail.add(EntryKind.DECISION, f"{decision.outcome}: {decision.reason}", action)
    if action and acting:
        trail.add(EntryKind.ACTION, f"{action.state} {action.id}", action)
    event = _event(signal, decision, ports, current.id, action)
    told = decision.outcome in {Outcome.ASK, Outcome.TELL}
    notice = compose(trail.item, action, decision.reason, ports.settings.console_url)
    outbox = (message(notice),) if told else ()
    ports.ledger.write(trail.change([action] if action else [], event, outbox, _memories(signal, decision)))
    publish(outbox, ports)
    return Recorded(event, Held(action, trail.item) if action and acting else None)


def refuse(event: object, event_id: str, reason: str, ports: Ports) -> EventRecord:
    """Keep an event that cannot be handled whole in the queue and record why; the queue comes first.

    A repetition is kept again: whoever sends an event back in takes it out of the queue, and must not lose it when it
    is refused once more. Another event that goes by the same id has a record of its own.
    """
    ports.unhandled.keep(event, reason)
    record = EventRecord(
        id=f"{event_id}:unhandled:{event_digest(event)}",
        event_id=event_id,
        function=ports.function,
        at=ports.now(),
        outcome=Outcome.REFUSE,
        reason=reason,
    )
    try:
        ports.ledger.write(Change(event=record))
    except LedgerConflict:
        # An earlier delivery of the same event wrote this record already.
        return record
    return record


def find_action(action_id: str, ports: Ports) -> Action:
    """An action as it is.

    Raises:
        UnknownRecord: there is no such action.
    """
    found = ports.ledger.action(action_id)
    if found is None:
        text = f"there is no action {action_id}"
        raise UnknownRecord(text)
    return found


def find_item(item_id: str, ports: Ports) -> Item:
    """An item as it is.

    Raises:
        UnknownRecord: there is no such item.
    """
    found = ports.ledger.item(item_id)
    if found is None:
        text = f"there is no item {item_id}"
        raise UnknownRecord(text)
    return found


def amend(item: str, ports: Ports, build: Callable[[Item], Change], known: Item | None = None) -> Change:
    """Change an item that others may be changing: read, build, write, and again when somebody was quicker.

    `known` is the item as it was written last, which spares the first reading: the write's condition sees to the rest.

    Raises:
        UnknownRecord: there is no such item. LedgerConflict: others won every time.
    """
    for attempt in range(ATTEMPTS):
        current = known if known and not attempt else find_item(item, ports)
        change = build(current)
        try:
            ports.ledger.write(change)
        except LedgerConflict:
            if attempt == ATTEMPTS - 1:
                raise
            ports.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311 - jitter, not a secret
            continue
        publish(change.outbox, ports)
        return change
    text = f"item {item} could not be written"
    raise LedgerConflict(text)


def publish(messages: Sequence[Message], ports: Ports) -> None:
    """Put messages that were written to the outbox on the bus, and take them out of it.

    A bus that cannot be reached just now is no fault of the command or the event that led here: it is recorded, the
    messages stay in the outbox, and the sweep publishes them.
    """
    try:
        ports.bus.publish(messages)
    except TemporaryError:
        return
    for sent in messages:
        ports.ledger.forget_message(sent.id)


def _record_event(signal: Signal, decision: Decision, item: Item | None, ports: Ports) -> EventRecord:
    """Record a decision that opens no item; one that says the trouble is over resolves the item that it is about."""
    event = _event(signal, decision, ports, item.id if item else None, None)
    if not (item and signal.clears and item.state in {ItemState.OPEN, ItemState.ACKNOWLEDGED}):
        ports.ledger.write(Change(event=event, memories=_memories(signal, decision)))
        return event
    trail = Trail(item.move(ItemState.RESOLVED, ports.now()), ports.now(), ports.function)
    trail.add(EntryKind.SIGNAL, f"{signal.title}: resolved")
    ports.ledger.write(trail.change(event=event))
    return event


def _memories(signal: Signal, decision: Decision) -> dict[str, JsonObject]:
    return {} if decision.memory is None else {signal.resource.id: decision.memory}


def _who(signal: Signal) -> str:
    return f" by {signal.actor}" if signal.actor else ""


def _heard(item: Item, signal: Signal, decision: Decision, at: datetime) -> Item:
    again = item.state in _DONE and decision.outcome is not Outcome.RECORD
    worst = max(item.severity, decision.severity, key=lambda severity: severity.rank)
    return item.move(
        ItemState.OPEN if again else item.state,
        item.updated_at,
        signals=item.signals + 1,
        severity=worst,
        escalations=0 if again else item.escalations,
        **_awaited(item, decision, worst, at, again=again),
        title=decision.title or signal.title,
        actor=signal.actor or item.actor,
        route=decision.route or item.route,
    )


def _awaited(item: Item, decision: Decision, worst: Severity, at: datetime, *, again: bool) -> dict[str, datetime]:
    """Until when somebody should have the item in hand; what got worse is awaited sooner, what is in hand is not."""
    open_now = again or item.state is ItemState.OPEN
    within = decision.response.within(worst)
    if not open_now or within is None or decision.outcome is Outcome.RECORD:
        return {}
    first = again or not item.signals or worst.rank > item.severity.rank
    if not first:
        return {}
    return {"due_at": min(item.due_at, at + within) if item.due_at and not again else at + within}


def _planned(item: Item, decision: Decision, at: datetime) -> Action:
    if decision.plan is None:
        text = f"decision {decision.outcome} on item {item.id} carries no plan"
        raise ValueError(text)
    asking = decision.outcome is Outcome.ASK
    return Action(
        id=action_id(item.id, item.actions + 1),
        item_id=item.id,
        plan=decision.plan,
        state=ActionState.AWAITING_APPROVAL if asking else ActionState.PLANNED,
        reason=decision.reason,
        created_at=at,
        updated_at=at,
        due_at=at + (APPROVAL_PERIOD if asking else LEASE),
    )


def _event(signal: Signal, decision: Decision, ports: Ports, item: str | None, action: Action | None) -> EventRecord:
    return EventRecord(
        id=signal.id,
        event_id=signal.id.split(":", 1)[0],
        function=ports.function,
        at=ports.now(),
        outcome=decision.outcome,
        reason=decision.reason,
        item_id=item,
        action_id=action.id if action else None,
        signal=signal.model_copy(update={"origin": {}}),
    )
