"""Which commands an action takes just now. The core knows; this asks it."""

from enum import StrEnum

from opsplane.actions.action import Action, ActionState
from opsplane.errors import IllegalTransition


class Verb(StrEnum):
    """A command to an action."""

    APPROVE = "approve"
    REJECT = "reject"
    UNDO = "undo"


_GOALS = {
    Verb.APPROVE: ActionState.APPROVED,
    Verb.REJECT: ActionState.REJECTED,
    Verb.UNDO: ActionState.UNDOING,
}


def legal_verbs(action: Action) -> tuple[Verb, ...]:
    """The commands that the action's state allows."""
    return tuple(verb for verb, goal in _GOALS.items() if _may(action, goal))


def _may(action: Action, goal: ActionState) -> bool:
    if action.state is goal:
        # An undo that was interrupted goes on by itself.
        return False
    try:
        action.move(goal, action.updated_at)
    except IllegalTransition:
        return False
    return True
