"""What nobody took in hand in time is told again, louder."""

from opsplane.errors import IllegalTransition
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item, ItemState
from opsplane.ledger.ledger import Change, Trail
from opsplane.notices.notice import compose, message
from opsplane.notices.routes import PAGERDUTY, PAGING, SLACK
from opsplane.policies.policy import ResponseTimes
from opsplane.ports import Ports
from opsplane.records import amend

LEVELS = 2
"""How often an item is told again: on its own way, and then, where people are woken, by waking somebody."""


def escalate(item_id: str, response: ResponseTimes, ports: Ports) -> bool:
    """Tell again of an item that is open past its time; False when somebody took it in hand or told of it meanwhile."""

    def build(item: Item) -> Change:
        at = ports.now()
        if item.state is not ItemState.OPEN or item.due_at is None or item.due_at > at:
            text = f"item {item.id} is not overdue any more"
            raise IllegalTransition(text)
        within = response.within(item.severity)
        level = item.escalations + 1
        following = at + within if within and level < LEVELS else None
        trail = Trail(item.change(at, escalations=level, due_at=following), at, ports.function)
        since = f"nobody took it in hand since {item.opened_at:%Y-%m-%d %H:%M} UTC"
        trail.add(EntryKind.NOTICE, f"told again ({level} of {LEVELS}): {since}")
        notice = compose(trail.item, None, since, ports.settings.console_url)
        loud = level == LEVELS and item.environment in PAGING
        told = {
            "headline": f"Nobody answered: {item.title}",
            "next_step": f"opsplane acknowledge {item.id}",
            "route": (SLACK, PAGERDUTY) if loud else notice.route,
        }
        return trail.change(outbox=[message(notice.model_copy(update=told))])

    try:
        amend(item_id, ports, build)
    except IllegalTransition:
        return False
    return True
