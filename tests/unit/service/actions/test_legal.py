"""Which commands an action takes."""

import pytest
from app.actions.legal import legal_verbs
from builders import Deployment
from opsplane.actions.action import ActionState
from served import fixed_group


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        ("planned", []),
        ("awaiting_approval", ["approve", "reject"]),
        ("approved", []),
        ("applying", []),
        ("applied", ["undo"]),
        ("verified", ["undo"]),
        ("rejected", []),
        ("expired", []),
        ("failed", ["undo"]),
        ("undoing", []),
        ("undone", []),
    ],
)
def test_each_state_takes_its_commands(deployment: Deployment, state: str, verbs: list[str]) -> None:
    """What people are offered is what the core would accept, and an undo under way is not asked for again."""
    action = fixed_group(deployment).model_copy(update={"state": ActionState(state)})

    assert list(legal_verbs(action)) == verbs
