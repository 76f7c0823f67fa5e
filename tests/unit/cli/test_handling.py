"""What a person says about an item."""

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
    document = told.document("close", told.deployment.item.id, "--note", "a test", "--root-cause", "a test")

    assert document["item"]["state"] == "closed"
    assert "closed: a test; root cause: a test" in told.deployment.trail


def test_closing_twice_is_a_conflict(told: Any) -> None:
    """Somebody was quicker."""
    told.run("close", told.deployment.item.id, "--root-cause", "a test")

    result = told.run("close", told.deployment.item.id, "--root-cause", "a test")

    assert result.exit_code == 4
    assert "is closed already" in result.stderr


@pytest.mark.parametrize("command", ["acknowledge", "close"])
def test_an_item_that_nobody_knows_is_not_found(terminal: Any, command: str) -> None:
    """With the code for it."""
    assert terminal.run(command, "nobody").exit_code == 3


def test_the_next_signal_opens_a_closed_item(told: Any) -> None:
    """Done with is not forbidden."""
    told.run("close", told.deployment.item.id, "--root-cause", "a test")

    told.deployment.receive(guardduty(id="event-2"))

    assert told.deployment.item.state == "open"


def test_what_is_high_is_not_closed_without_its_root_cause(told: Any) -> None:
    """It says what is missing, and the item stays open."""
    result = told.run("close", told.deployment.item.id)

    assert result.exit_code == 4
    assert "say what its root cause was" in " ".join(result.stderr.split())
    assert told.deployment.item.state == "open"


def test_what_was_learned_is_shown_with_the_item(told: Any) -> None:
    """Field by field, and in the trail with who wrote it."""
    item = told.deployment.item.id

    told.run("review", item, "--root-cause", "a key in a repository", "--follow-up", "scan commits")
    told.run("comment", item, "asked the data team")
    shown = " ".join(told.run("show", item).stdout.split())

    assert "root cause a key in a repository" in shown
    assert "follow-up scan commits" in shown
    assert "asked the data team ada" in shown
    assert told.run("review", item).exit_code == 4


def test_an_item_is_opened_again_by_a_person(told: Any) -> None:
    """Once; it says when there is nothing to open."""
    item = told.deployment.item.id
    told.run("close", item, "--root-cause", "a test")

    assert told.document("reopen", item, "--note", "it came back")["item"]["state"] == "open"
    assert told.run("reopen", item).exit_code == 4


def test_until_when_an_answer_is_awaited_is_shown(told: Any) -> None:
    """As long as the item is open."""
    assert "answer by" in told.run("show", told.deployment.item.id).stdout
    told.run("acknowledge", told.deployment.item.id)
    assert "answer by" not in told.run("show", told.deployment.item.id).stdout
