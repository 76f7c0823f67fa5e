"""An action and the states it may pass."""

from datetime import timedelta
from itertools import product

import pytest
from builders import NOW
from opsplane.actions.action import LEASE, UNFINISHED, Action, ActionState, action_id
from opsplane.errors import IllegalTransition
from opsplane.playbooks.plan import Plan
from opsplane.signals.signal import Resource

S = ActionState
LEGAL = {
    S.PLANNED: {S.APPLYING, S.FAILED},
    S.AWAITING_APPROVAL: {S.APPROVED, S.REJECTED, S.EXPIRED},
    S.APPROVED: {S.APPLYING, S.FAILED},
    S.APPLYING: {S.APPLYING, S.APPLIED, S.VERIFIED, S.FAILED},
    S.APPLIED: {S.VERIFIED, S.FAILED, S.UNDOING},
    S.VERIFIED: {S.UNDOING},
    S.FAILED: {S.UNDOING},
    S.UNDOING: {S.UNDOING, S.UNDONE, S.FAILED},
}
"""What may follow what; every other pair is refused."""

PAIRS = list(product(ActionState, ActionState))


def action(state: ActionState, **changes: object) -> Action:
    """An action in a state."""
    resource = Resource(type="AWS::EC2::SecurityGroup", id="sg-1", account="000000000000", region="us-east-1")
    values = {
        "id": "item.1",
        "item_id": "item",
        "plan": Plan(playbook="p", resource=resource, steps=(), evidence={}),
        "state": state,
        "reason": "why",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return Action.model_validate({**values, **changes})


@pytest.mark.parametrize(("one", "other"), [pair for pair in PAIRS if pair[1] in LEGAL.get(pair[0], set())])
def test_states_that_follow_each_other(one: ActionState, other: ActionState) -> None:
    """The move counts a version and gives up lease and due time."""
    busy = action(one, lease_owner="w", lease_until=NOW, due_at=NOW)

    moved = busy.move(other, NOW + timedelta(1))

    assert (moved.state, moved.version, moved.updated_at) == (other, 2, NOW + timedelta(1))
    assert (moved.lease_owner, moved.lease_until, moved.due_at) == (None, None, None)


@pytest.mark.parametrize(("one", "other"), [pair for pair in PAIRS if pair[1] not in LEGAL.get(pair[0], set())])
def test_states_that_do_not_follow_each_other(one: ActionState, other: ActionState) -> None:
    """The refusal names the action and both states."""
    with pytest.raises(IllegalTransition, match=rf"^action item\.1 is {one} and cannot become {other}$"):
        action(one).move(other, NOW)


def test_what_is_unfinished_can_still_move_and_waits_for_somebody() -> None:
    """Everything else rests until a person asks for an undo."""
    assert {S.PLANNED, S.AWAITING_APPROVAL, S.APPROVED, S.APPLYING, S.UNDOING} == UNFINISHED
    assert [action(state).unfinished for state in (S.PLANNED, S.VERIFIED)] == [True, False]


@pytest.mark.parametrize(
    ("state", "working"),
    [(S.PLANNED, S.APPLYING), (S.APPROVED, S.APPLYING), (S.APPLYING, S.APPLYING), (S.UNDOING, S.UNDOING)],
)
def test_claiming_takes_a_lease(state: ActionState, working: ActionState) -> None:
    """Who works on it, until when, and when the sweep has to look."""
    claimed = action(state).claim("worker", NOW)

    assert (claimed.state, claimed.lease_owner, claimed.attempts) == (working, "worker", 1)
    assert claimed.lease_until == claimed.due_at == NOW + LEASE


@pytest.mark.parametrize(
    "state", [S.AWAITING_APPROVAL, S.APPLIED, S.VERIFIED, S.REJECTED, S.EXPIRED, S.FAILED, S.UNDONE]
)
def test_what_waits_or_is_finished_cannot_be_claimed(state: ActionState) -> None:
    """No request, however forged, makes such an action run."""
    with pytest.raises(IllegalTransition):
        action(state).claim("worker", NOW)


def test_a_claimed_action_is_its_owners_until_the_lease_ends() -> None:
    """The owner may go on, another one must wait for the very end."""
    claimed = action(S.PLANNED).claim("worker", NOW)
    almost = NOW + LEASE - timedelta(microseconds=1)

    with pytest.raises(IllegalTransition, match="is being worked on by worker until 10:01:30"):
        claimed.claim("other", almost)

    assert claimed.claim("worker", almost).attempts == 2
    assert claimed.claim("other", NOW + LEASE).lease_owner == "other"


def test_an_actions_id_names_its_item() -> None:
    """People read it out: item, dot, number."""
    assert action_id("7f3k2m9qxd", 2) == "7f3k2m9qxd.2"
