"""`opsplane freeze` and `opsplane thaw`."""

from typing import Any

from builders import group_opened
from cloud import GROUP


def test_a_frozen_environment_is_asked_about(terminal: Any) -> None:
    """And whoever is asked reads who holds it, and why."""
    terminal.deployment.cloud.open_group()
    terminal.run("freeze", "dev", "--reason", "the demo", "--hours", "4")

    record = terminal.deployment.receive(group_opened())

    assert record.outcome == "ask"
    assert "ada holds it still until" in record.reason
    assert "the demo" in record.reason


def test_a_thaw_lets_it_act_again(terminal: Any) -> None:
    """The next event is answered as before."""
    terminal.run("freeze", "*", "--reason", "the demo")
    terminal.run("thaw", "*")

    assert terminal.deployment.receive(group_opened()).outcome == "act"
    assert GROUP in str(terminal.deployment.action.plan)


def test_what_is_held_is_listed(terminal: Any) -> None:
    """As text and as JSON; nothing held is said beside standard output."""
    assert "nothing is frozen" in " ".join(terminal.run("freeze").stderr.split())

    terminal.run("freeze", "prod", "--reason", "sale")

    assert "ada holds it still: sale" in terminal.run("freeze").stdout
    assert [each["environment"] for each in terminal.document("freeze")["freezes"]] == ["prod"]


def test_a_freeze_needs_a_reason(terminal: Any) -> None:
    """Nothing is held without one."""
    result = terminal.run("freeze", "prod")

    assert result.exit_code != 0
    assert "--reason" in result.stderr
    assert terminal.deployment.ledger.freezes() == ()


def test_what_is_not_frozen_cannot_be_thawed(terminal: Any) -> None:
    """A typing error does not pass for success."""
    result = terminal.run("thaw", "porduction")

    assert result.exit_code != 0
    assert "porduction is not frozen" in result.stderr
