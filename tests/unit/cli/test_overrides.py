"""Dated exceptions to a schedule."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opsplane.schedules.book import SCHEDULE_CHANGED

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def noon(terminal: Any) -> Any:
    """A terminal at noon in New York."""
    terminal.deployment.clock.at = NOON
    return terminal


def add(terminal: Any, *words: str) -> Any:
    """Make an exception."""
    return terminal.document("override", "add", *words, "--reason", "demo")


def test_an_exception_ends_when_people_said(noon: Any) -> None:
    """On the schedule's clock; and the scheduler is told."""
    made = add(noon, "dev", "keep-on", "--until", "23:00")

    assert (made["end"], made["by"], made["reason"]) == ("2026-11-25T04:00:00Z", "ada", "demo")
    assert len(noon.deployment.sent(SCHEDULE_CHANGED)) == 1


def test_an_exception_may_begin_later(noon: Any) -> None:
    """So many hours from then on."""
    made = add(noon, "dev/rds:orders", "keep-off", "--from", "2026-11-25T10:00", "--hours", "1.5")

    assert (made["start"], made["end"]) == ("2026-11-25T15:00:00Z", "2026-11-25T16:30:00Z")


def test_a_skipped_stop_needs_no_times(noon: Any) -> None:
    """It has those of the schedule."""
    made = add(noon, "dev", "skip-stop")

    assert (made["start"], made["end"]) == ("2026-11-25T01:00:00Z", "2026-11-25T13:00:00Z")
    assert noon.run("override", "add", "dev", "skip-stop", "--hours", "2", "--reason", "x").exit_code == 2


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("dev", "keep-on", "--reason", "x"), 4, "say until when"),
        (("dev", "keep-on", "--until", "2026-11-24T10:00", "--reason", "x"), 4, "over already"),
        (("mars", "hold", "--hours", "1", "--reason", "x"), 3, "knows an environment 'mars'"),
        (("dev", "party", "--hours", "1", "--reason", "x"), 2, "party"),
        (("dev", "hold", "--hours", "1"), 2, "--reason"),
        (("dev", "hold", "--hours", "1", "--reason", " "), 4, "say why dev is an exception"),
        (("dev", "hold", "--hours", "1", "--until", "23:00", "--reason", "x"), 2, "not with both"),
        (("dev/alarm:cpu", "hold", "--hours", "1", "--reason", "x"), 4, "an alarm rests with what it watches"),
    ],
)
def test_an_exception_that_makes_no_sense_is_refused(
    noon: Any, words: tuple[str, ...], code: int, message: str
) -> None:
    """And nothing is kept."""
    ended = noon.run("override", "add", *words)

    assert ended.exit_code == code
    assert message in " ".join(ended.stderr.split())
    assert noon.store.exceptions == {}


def test_an_overlap_names_the_other_one_and_how_to_end_it(noon: Any) -> None:
    """Two wishes at the same time."""
    first = add(noon, "dev", "keep-on", "--hours", "2")
    ended = noon.run("override", "add", "dev", "keep-off", "--hours", "1", "--reason", "x")

    assert ended.exit_code == 4
    assert f"opsplane override cancel {first['id']}" in " ".join(ended.stderr.split())


def test_exceptions_are_listed_with_who_and_why(noon: Any) -> None:
    """Those that are over only on demand; and the list fits into a terminal."""
    first = add(noon, "dev", "keep-on", "--hours", "1")
    noon.deployment.clock.advance(timedelta(hours=2))
    add(noon, "dev", "hold", "--hours", "1")
    listed = noon.run("override", "list")

    assert "ada: demo" in listed.stdout
    assert "24 Nov 19:00 - 24 Nov 20:00" in listed.stdout
    assert first["id"] not in listed.stdout
    assert max(len(line) for line in listed.stdout.splitlines()) <= 80
    every = noon.document("override", "list", "--all")["overrides"]
    assert [(each["kind"], each["active"]) for each in every] == [("keep-on", False), ("hold", True)]


def test_an_empty_list_says_how_to_make_one(noon: Any) -> None:
    """On standard error."""
    assert "opsplane override add" in noon.run("override", "list").stderr


def test_a_cancelled_exception_is_over(noon: Any) -> None:
    """Twice is not found."""
    made = add(noon, "dev", "keep-on", "--hours", "2")

    assert "cancelled" in noon.run("override", "cancel", made["id"]).stdout
    assert noon.run("override", "cancel", made["id"]).exit_code == 3
    assert noon.document("override", "list")["overrides"] == []
