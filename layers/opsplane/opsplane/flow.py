"""The whole story on one screen: event → signal → decision → action → record → notice.

Read a playbook next (`playbooks/sg_world_ingress.py`), then its function
(`functions/remediator/handler.py`) and its rule (`template.yaml`, `Ec2Calls`).
"""

from dataclasses import replace
from time import monotonic
from typing import Any

from opsplane.actions.action import OPSPLANE, Action, ActionState
from opsplane.decisions.decision import Decision, Outcome
from opsplane.decisions.judge import History, Rules, judge
from opsplane.errors import IllegalTransition, LedgerConflict, UnhandledEvent, UnknownRecord
from opsplane.execution import carry_out, pursue
from opsplane.ledger.entry import ACTION_REQUESTED, SOURCE, EventRecord
from opsplane.ledger.item import item_id
from opsplane.ledger.ledger import Known
from opsplane.policies.policy import PolicySet
from opsplane.ports import Ports, event_id
from opsplane.records import ATTEMPTS, Recorded, find_action, record_decision, refuse
from opsplane.rulebook import in_force
from opsplane.signals import parse
from opsplane.signals.signal import Signal


def answer(event: dict[str, Any], ports: Ports, owner: str = "") -> list[dict[str, Any]]:
    """What became of one event, as plain JSON: an event from AWS, or our own that asks to go on with an action.

    `owner` names this delivery. When it breaks off, the delivery of the same name goes on at once; any other one leaves
    the work to it until its lease is over.
    """
    if wanted := _requested(event):
        return [go_on(wanted, owner or event_id(event), ports)]
    return [record.model_dump(mode="json", exclude={"signal"}) for record in receive(event, ports, owner)]


def go_on(action_id: str, owner: str, ports: Ports) -> dict[str, Any]:
    """Go on with an action that was approved, is to be undone, or got stuck.

    What the request says is not believed: the ledger knows whether anything is left to do. A repeated request finds the
    action finished or in other hands, which is an answer, not a fault.
    """
    try:
        action = carry_out(find_action(action_id, ports), owner, ports)
    except (IllegalTransition, UnknownRecord) as error:
        return {"action_id": action_id, "state": None, "reason": str(error)}
    return {"action_id": action.id, "state": action.state.value, "reason": action.error or action.reason}


def receive(event: dict[str, Any], ports: Ports, owner: str = "") -> tuple[EventRecord, ...]:
    """Answer one event from AWS: a record for each signal in it, or one that says why it was refused.

    Raises:
        TemporaryError: AWS could not be asked just now; deliver again.
    """
    try:
        signals = parse(event, ports.settings.account, ports.settings.enrolled)
    except UnhandledEvent as error:
        return (refuse(event, event_id(event), str(error), ports),)
    return tuple(run(signal.model_copy(update={"origin": event}), ports, owner) for signal in signals)


def run(signal: Signal, ports: Ports, owner: str = "") -> EventRecord:
    """Decide about one signal, record the decision, and act on it when it says so.

    A signal that was decided about before is not judged again: its record is the answer, and what its action still
    needs is done. Of two deliveries at the same moment one writes the record, in the same transaction as the intent.
    """
    owner = owner or signal.id
    recorded = decide(signal, owner, ports)
    if recorded.held:
        pursue(recorded.held, ports)
        return recorded.event
    event = recorded.event
    action = ports.ledger.action(event.action_id) if event.outcome is Outcome.ACT and event.action_id else None
    if action and _is_open(action, owner, ports):
        try:
            carry_out(action, owner, ports)
        except IllegalTransition:
            # Another delivery or the sweep took it up in this very moment: it is in hand.
            return event
    return event


def decide(signal: Signal, owner: str, ports: Ports) -> Recorded:
    """Judge a signal and record what was decided; judge again when the item changed meanwhile."""
    for attempt in range(ATTEMPTS):
        known = ports.ledger.recall(signal.id, item_id(signal.dedupe_key), signal.resource.id)
        if known.record:
            return Recorded(known.record)
        rules = Rules(in_force(known.override, ports), ports.settings, ports.accounts.reach, ports.now())
        began = monotonic()
        decision = judge(signal, _history(signal, known, ports), rules)
        try:
            recorded = record_decision(signal, decision, known.item, owner, ports)
        except LedgerConflict:
            if attempt == ATTEMPTS - 1:
                raise
            ports.sleep(0.05 * (attempt + 1))
        else:
            held = recorded.held
            return recorded._replace(held=replace(held, seen=decision.seen, seen_at=began) if held else None)
    message = f"signal {signal.id} could not be recorded"
    raise LedgerConflict(message)


def foresee(signal: Signal, ports: Ports, policies: PolicySet | None = None) -> Decision:
    """What would be decided about a signal now, by the policies in force or by other ones.

    Live state is read, nothing is written, no limit is used up.

    Raises:
        TemporaryError: AWS could not be asked just now.
    """
    known = ports.ledger.recall(signal.id, item_id(signal.dedupe_key), signal.resource.id)
    history = replace(_history(signal, known, ports), ticket=lambda _: 0)
    rules = Rules(policies or in_force(known.override, ports), ports.settings, ports.accounts.reach, ports.now())
    return judge(signal, history, rules)


def _history(signal: Signal, known: Known, ports: Ports) -> History:
    """What the item's actions mean for a new signal: what is in hand, and what a person wanted left as it is.

    Somebody who makes that very change anew, after it was undone, is not covered by that wish, and neither is what was
    fixed again since. Another change of the same resource leaves the wish alone.
    """
    actions = ports.ledger.actions_of(known.item) if known.item else ()
    claimed = frozenset(target for action in actions if action.unfinished for target in action.plan.targets)
    declined: frozenset[str] = frozenset()
    for action in sorted(actions, key=lambda action: action.updated_at):
        lapsed = action.state is ActionState.UNDONE and action.decided_by == OPSPLANE
        if action.state in {ActionState.UNDONE, ActionState.REJECTED} and not lapsed:
            declined |= action.plan.targets - _made_anew(signal, action)
        elif action.state is ActionState.VERIFIED or lapsed:
            declined -= action.plan.targets
    return History(
        claimed=claimed,
        declined=declined,
        memory=known.memory,
        actions=actions,
        freezes=known.freezes,
        ticket=lambda policy: ports.ledger.take_ticket(f"policy:{policy}", ports.now()),
    )


def _made_anew(signal: Signal, action: Action) -> frozenset[str]:
    """The targets of a declined action that the signal's author has touched since; all, when it does not say which."""
    if not signal.actor or signal.time <= action.updated_at:
        return frozenset()
    touched = signal.facts.get("targets")
    return action.plan.targets & frozenset(touched) if touched else action.plan.targets


def _requested(event: object) -> str | None:
    """The action that an own event asks to go on with, or None when it is another event."""
    if not isinstance(event, dict) or (event.get("source"), event.get("detail-type")) != (SOURCE, ACTION_REQUESTED):
        return None
    detail = event.get("detail")
    found = detail.get("action_id") if isinstance(detail, dict) else None
    return found if isinstance(found, str) else None


def _is_open(action: Action, owner: str, ports: Ports) -> bool:
    """Whether this delivery has to work on the action: the first one, or one that goes on where it broke off."""
    if action.state not in {ActionState.PLANNED, ActionState.APPLYING}:
        return False
    free = action.lease_until is None or action.lease_until <= ports.now()
    return free or action.lease_owner == owner
