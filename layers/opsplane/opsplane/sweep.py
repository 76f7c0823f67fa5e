"""Level beats edge: finds what an event missed and brings it back on its way."""

from opsplane.actions.action import Action, ActionState
from opsplane.commands import lapse, request
from opsplane.errors import IllegalTransition
from opsplane.escalation import escalate
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item
from opsplane.ledger.ledger import Change, Trail
from opsplane.model import Model, Name
from opsplane.notices.notice import compose, message
from opsplane.ports import Ports
from opsplane.records import amend
from opsplane.rulebook import in_force

BATCH = 100
"""How much one sweep looks at; the next one, minutes later, goes on."""


class Swept(Model):
    """What one sweep did.

    Messages published again, actions asked for again, questions and actions that are over, items told again.
    """

    published: tuple[Name, ...] = ()
    requested: tuple[Name, ...] = ()
    expired: tuple[Name, ...] = ()
    lapsed: tuple[Name, ...] = ()
    escalated: tuple[Name, ...] = ()


def sweep(ports: Ports) -> Swept:
    """Publish what the bus may not have, ask again for stuck actions, and end what was meant for a time.

    Unanswered questions expire; what was done for a time is asked to be taken back; what nobody took in hand in time is
    told again.

    Raises:
        TemporaryError: ledger or bus cannot be reached.
    """
    now = ports.now()
    due = ports.ledger.due(now, BATCH)
    waiting = [action for action in due.actions if action.state is ActionState.AWAITING_APPROVAL]
    stuck = [action for action in due.actions if action.unfinished and action not in waiting]
    expired = tuple(action.id for action in waiting if _expire(action, ports))
    lapsed = tuple(
        action.id for action in due.actions if action.state is ActionState.VERIFIED and _lapse(action, ports)
    )
    escalated = _escalate(due.items, ports)
    ports.bus.publish([request(action, now) for action in stuck])
    ports.bus.publish(due.messages)
    for sent in due.messages:
        ports.ledger.forget_message(sent.id)
    return Swept(
        published=tuple(sent.id for sent in due.messages),
        requested=tuple(action.id for action in stuck),
        expired=expired,
        lapsed=lapsed,
        escalated=escalated,
    )


def _escalate(items: tuple[Item, ...], ports: Ports) -> tuple[str, ...]:
    """Tell again of what nobody took in hand; the policies are asked once, and only when there is something."""
    if not items:
        return ()
    response = in_force(ports.ledger.override(), ports).response
    return tuple(item.id for item in items if escalate(item.id, response, ports))


def _lapse(action: Action, ports: Ports) -> bool:
    """Ask for a timed action to be taken back; False when somebody did so in this very moment."""
    try:
        lapse(action.id, ports)
    except IllegalTransition:
        return False
    return True


def _expire(action: Action, ports: Ports) -> bool:
    """Expire a question; False when somebody answered it in this very moment."""

    def build(item: Item) -> Change:
        at = ports.now()
        current = ports.ledger.action(action.id) or action
        expired = current.move(ActionState.EXPIRED, at)
        trail = Trail(item, at, ports.function)
        trail.add(EntryKind.ACTION, f"{action.id} expired: nobody answered", expired)
        notice = compose(trail.item, expired, "nobody answered in time", ports.settings.console_url)
        return trail.change([expired], outbox=[message(notice)])

    try:
        amend(action.item_id, ports, build)
    except IllegalTransition:
        return False
    return True
