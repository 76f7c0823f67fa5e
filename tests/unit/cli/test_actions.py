"""`opsplane actions`."""

from typing import Any

from builders import group_opened, policies
from opsplane.policies.policy import Mode


def test_actions_are_listed_with_their_plan(terminal: Any) -> None:
    """A person sees the playbook, the resource and how many steps it takes."""
    terminal.deployment.receive(group_opened())

    result = terminal.run("actions")

    told = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert f"{terminal.deployment.action.id} verified" in told
    assert "sg-world-ingress on sg-0123456789abcdef0 1 step" in told


def test_actions_that_wait_can_be_asked_for(terminal: Any) -> None:
    """The filter knows the core's states."""
    terminal.deployment.policies = policies(Mode.APPROVE)
    terminal.deployment.receive(group_opened())

    waiting = terminal.document("actions", "--state", "awaiting_approval")
    failed = terminal.document("actions", "--state", "failed")

    assert [action["id"] for action in waiting["actions"]] == [terminal.deployment.action.id]
    assert failed == {"actions": []}


def test_no_actions_are_told_on_standard_error(terminal: Any) -> None:
    """Standard output stays empty."""
    result = terminal.run("actions", "--state", "awaiting_approval")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "no awaiting approval actions" in result.stderr
