"""`opsplane approve`, `reject` and `undo`."""

from typing import Any

import pytest
from builders import group_opened, policies
from opsplane.policies.policy import Mode


@pytest.fixture
def asked(terminal: Any) -> Any:
    """A terminal in front of an action that waits for approval."""
    terminal.deployment.policies = policies(Mode.APPROVE)
    terminal.deployment.receive(group_opened())
    return terminal


@pytest.fixture
def fixed(terminal: Any) -> Any:
    """A terminal in front of a verified action."""
    terminal.deployment.receive(group_opened())
    return terminal


def test_approve_asks_and_follows_until_verified(asked: Any) -> None:
    """The plan is shown, the answer is yes, the rule is gone, and the ledger knows who agreed."""
    action = asked.deployment.action.id

    result = asked.run("approve", action, "--note", "seen", answer="y\n")

    assert result.exit_code == 0
    assert "Revoke ingress tcp 22-22 0.0.0.0/0" in result.stderr
    assert f"{action}  verified" in result.stdout
    assert asked.deployment.cloud.rules() == []
    assert asked.deployment.action.decided_by == "ada"
    assert f"{action} approved: seen" in asked.deployment.trail


def test_approve_declined_changes_nothing(asked: Any) -> None:
    """The answer no ends with exit code 1."""
    result = asked.run("approve", asked.deployment.action.id, answer="n\n")

    assert result.exit_code == 1
    assert "declined" in result.stderr
    assert asked.deployment.action.state == "awaiting_approval"


def test_approve_needs_yes_where_nobody_can_answer(asked: Any) -> None:
    """A pipe that ends is no agreement."""
    result = asked.run("approve", asked.deployment.action.id)

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert asked.deployment.action.state == "awaiting_approval"


def test_approve_as_json_prints_the_action_as_it_ended(asked: Any) -> None:
    """One document: the action, and how long it took."""
    document = asked.document("approve", asked.deployment.action.id, "--yes")

    assert document["action"]["state"] == "verified"
    assert document["elapsed_seconds"] == pytest.approx(0.2)


def test_approve_of_a_verified_action_is_a_conflict(fixed: Any) -> None:
    """The state forbids it, and nobody is asked first."""
    result = fixed.run("approve", fixed.deployment.action.id)

    assert (result.exit_code, result.stdout) == (4, "")
    assert "is verified and cannot become approved" in result.stderr


def test_approve_without_waiting_returns_at_once(asked: Any) -> None:
    """`--no-wait` leaves the action approved."""
    document = asked.document("approve", asked.deployment.action.id, "--yes", "--no-wait")

    assert document["action"]["state"] == "approved"


def test_an_action_that_nobody_takes_up_is_told_after_the_timeout(asked: Any) -> None:
    """Exit code 1 with where it stands and where to look."""
    asked.idle = True

    result = asked.run("approve", asked.deployment.action.id, "--yes", "--timeout", "2")

    assert result.exit_code == 1
    assert "still approved after 2 s" in result.stderr
    assert "opsplane logs fleet" in result.stderr


def test_an_action_that_fails_ends_with_its_reason(asked: Any) -> None:
    """Somebody changed the rule meanwhile, so nothing is done and exit code 1 says so."""
    asked.deployment.cloud.groups["sg-0123456789abcdef0"].rules[0]["Description"] = "changed"

    result = asked.run("approve", asked.deployment.action.id, "--yes")

    assert result.exit_code == 1
    assert "changed by somebody else" in result.stderr


def test_reject_leaves_everything_as_it_is(asked: Any) -> None:
    """The note is kept, and the rule stays."""
    action = asked.deployment.action.id

    document = asked.document("reject", action, "--note", "wanted")

    assert document["action"]["state"] == "rejected"
    assert f"{action} rejected: wanted" in asked.deployment.trail
    assert len(asked.deployment.cloud.rules()) == 1


def test_undo_shows_what_is_put_back_and_follows_until_undone(fixed: Any) -> None:
    """The rule is there again, exactly as it was."""
    result = fixed.run("undo", fixed.deployment.action.id, answer="y\n")

    assert result.exit_code == 0
    assert "Put back ingress tcp 22-22 0.0.0.0/0" in result.stderr
    assert "before  absent" in result.stderr
    assert fixed.deployment.action.state == "undone"
    assert [rule["CidrIpv4"] for rule in fixed.deployment.cloud.rules()] == ["0.0.0.0/0"]


def test_undo_twice_is_a_conflict(fixed: Any) -> None:
    """What is undone cannot be undone again."""
    fixed.run("undo", fixed.deployment.action.id, "--yes")

    result = fixed.run("undo", fixed.deployment.action.id, "--yes")

    assert result.exit_code == 4
    assert "is undone" in result.stderr


@pytest.mark.parametrize("command", ["approve", "reject", "undo"])
def test_an_unknown_action_is_not_found(terminal: Any, command: str) -> None:
    """Exit code 3 for each of the three."""
    result = terminal.run(command, "nobody.1")

    assert (result.exit_code, result.stdout) == (3, "")
    assert "there is no action nobody.1" in result.stderr


def test_an_item_in_place_of_an_action_names_its_actions(fixed: Any) -> None:
    """People confuse the two ids; the message helps."""
    result = fixed.run("undo", fixed.deployment.item.id)

    assert result.exit_code == 3
    assert f"{fixed.deployment.action.id} (verified)" in result.stderr
