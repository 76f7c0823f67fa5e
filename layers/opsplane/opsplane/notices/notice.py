"""One message to people, before it is shaped for a channel."""

from pydantic import AwareDatetime

from opsplane.actions.action import Action, ActionState
from opsplane.ledger.entry import NOTICE_REQUESTED, Message
from opsplane.ledger.item import Item, ItemState
from opsplane.model import Line, Model, Name
from opsplane.signals.signal import Severity

MAX_STEPS = 20
"""Steps that a notice names; the record has them all."""


class Notice(Model):
    """What happened, in words. Text fields are plain: each channel escapes them in its own way.

    `item_id` is empty when it concerns no item, e.g. an alarm or a report. `over` says that the trouble has ended.
    `route` names its channels; empty means by severity. `answers` are the commands that people may give to it where a
    channel has buttons (`approve`, `reject`, `undo`, `acknowledge`), and `about` is the id of the action or item that
    they go to.
    """

    id: Name
    item_id: Name = ""
    headline: Line
    severity: Severity
    environment: Name
    account: Name
    region: Name
    resource: Name
    at: AwareDatetime
    actor: Line | None = None
    reason: Line | None = None
    steps: tuple[Line, ...] = ()
    next_step: Line | None = None
    link: Line | None = None
    over: bool = False
    route: tuple[Name, ...] = ()
    answers: tuple[Name, ...] = ()
    about: Name = ""


_WORDS: dict[ActionState, str] = {
    ActionState.VERIFIED: "Fixed",
    ActionState.FAILED: "NOT fixed",
    ActionState.AWAITING_APPROVAL: "Approval needed",
    ActionState.REJECTED: "Rejected",
    ActionState.EXPIRED: "Nobody answered",
    ActionState.UNDONE: "Undone",
}


def compose(item: Item, action: Action | None, reason: str, console_url: str) -> Notice:
    """The notice for the latest entry of an item; its id is that entry's, so that a repetition can be recognised."""
    word = _WORDS.get(action.state, action.state.value) if action else "Attention"
    calm = action is None and item.severity is Severity.INFO
    done = action is not None and action.state is ActionState.VERIFIED
    contained = done and item.state is ItemState.CONTAINED
    steps = tuple(step.summary for step in action.plan.steps) if action else ()
    more = (f"and {len(steps) - MAX_STEPS} more",) if len(steps) > MAX_STEPS else ()
    return Notice(
        id=f"{item.id}-{item.entries:06d}",
        item_id=item.id,
        headline=item.title if calm else f"{'Contained' if contained else word}: {item.title}",
        severity=item.severity,
        environment=item.environment,
        account=item.resource.account,
        region=item.resource.region,
        resource=f"{item.resource.type} {item.resource.id}",
        at=item.updated_at,
        actor=str(item.actor) if item.actor else None,
        reason=reason,
        steps=steps[:MAX_STEPS] + more,
        next_step=_next_step(item, action),
        link=f"{console_url.rstrip('/')}/items/{item.id}" if console_url else None,
        over=done and not contained,
        route=item.route,
        answers=_answers(item, action),
        about=action.id if action else item.id,
    )


def _answers(item: Item, action: Action | None) -> tuple[str, ...]:
    if action is None:
        return ("acknowledge",) if item.state is ItemState.OPEN else ()
    match action.state:
        case ActionState.AWAITING_APPROVAL:
            return ("approve", "reject")
        case ActionState.VERIFIED if len(action.plan.finals) < len(action.plan.steps):
            return ("undo",)
        case _:
            return ()


def _next_step(item: Item, action: Action | None) -> str:
    if action is None:
        return f"opsplane show {item.id}"
    match action.state:
        case ActionState.AWAITING_APPROVAL:
            return f"opsplane approve {action.id}"
        case ActionState.VERIFIED:
            return f"opsplane undo {action.id}"
        case _:
            return f"opsplane show {item.id}"


def message(notice: Notice) -> Message:
    """The own event that asks the notifier to send a notice."""
    return Message(id=notice.id, detail_type=NOTICE_REQUESTED, detail=notice.model_dump(mode="json"), at=notice.at)
