"""`opsplane acknowledge` and `opsplane close`."""

from typing import Any

import pytest
from builders import guardduty


@pytest.fixture
def told(terminal: Any) -> Any:
    """A terminal in front of an open item."""
    terminal.deployment.receive(guardduty())
    return terminal


def test_acknowledging_names_who_has_it_in_hand(told: Any) -> None:
    """In the trail, and on the line that is printed."""
    result = told.run("acknowledge", told.deployment.item.id)

    assert result.exit_code == 0
    assert "acknowledged" in result.stdout
    assert told.deployment.item.state == "acknowledged"


def test_closing_keeps_the_note(told: Any) -> None:
    """Whoever reads the trail next year knows why."""
    document = told.document("close", told.deployment.item.id, "--note", "a test")

    assert document["item"]["state"] == "closed"
    assert "closed: a test" in told.deployment.trail


def test_closing_twice_is_a_conflict(told: Any) -> None:
    """Somebody was quicker."""
    told.run("close", told.deployment.item.id)

    result = told.run("close", told.deployment.item.id)

    assert result.exit_code == 4
    assert "is closed already" in result.stderr


@pytest.mark.parametrize("command", ["acknowledge", "close"])
def test_an_item_that_nobody_knows_is_not_found(terminal: Any, command: str) -> None:
    """With the code for it."""
    assert terminal.run(command, "nobody").exit_code == 3


def test_the_next_signal_opens_a_closed_item(told: Any) -> None:
    """Done with is not forbidden."""
    told.run("close", told.deployment.item.id)

    told.deployment.receive(guardduty(id="event-2"))

    assert told.deployment.item.state == "open"
