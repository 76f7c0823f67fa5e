"""Wake an environment or put it to sleep now, and see how it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opsplane.schedules import book
from opsplane.schedules.book import Desk
from opsplane.schedules.reconcile import reconcile
from opsplane.schedules.schedule_file import understand
from sleeping_cloud import whole

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def noon(terminal: Any) -> Any:
    """A terminal at noon in New York, and an environment that can sleep."""
    terminal.deployment.clock.at = NOON
    terminal.estate = whole()
    return terminal


def look(terminal: Any, times: int = 1) -> None:
    """Let the scheduler work."""
    from dataclasses import replace  # noqa: PLC0415

    desk = Desk(replace(terminal.deployment.ports, api=terminal.estate), terminal.store)
    for _ in range(times):
        reconcile("dev", desk)


def test_waking_lasts_two_hours_and_sleep_until_the_next_start(noon: Any) -> None:
    """Unless people say otherwise."""
    awake = noon.document("env", "start", "dev", "--reason", "hotfix")
    noon.run("override", "cancel", awake["id"])
    asleep = noon.document("env", "stop", "dev", "--reason", "fire drill")

    assert (awake["kind"], awake["end"]) == ("keep-on", "2026-11-24T19:00:00Z")
    assert (asleep["kind"], asleep["end"]) == ("keep-off", "2026-11-25T13:00:00Z")


def test_what_never_sleeps_has_no_next_start(noon: Any) -> None:
    """Say until when."""
    ended = noon.run("env", "stop", "prod", "--reason", "x")

    assert ended.exit_code == 2
    assert "the schedule of prod never starts it" in " ".join(ended.stderr.split())
    assert noon.document("env", "stop", "prod", "--hours", "1", "--reason", "x")["end"] == "2026-11-24T18:00:00Z"


def test_what_is_only_ever_stopped_has_no_next_start(noon: Any) -> None:
    """Its schedule has edges for ever, and none of them wakes it: the command does not look for one for ever."""
    periods = [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]
    document = {
        "version": 1,
        "schedules": {"evenings": {"periods": periods, "only": "stop"}},
        "environments": {"dev": {"schedule": "evenings"}},
    }
    book.push(understand(document, "test"), "", "ada", "test", Desk(noon.deployment.ports, noon.store))

    ended = noon.run("env", "stop", "dev", "--reason", "x")

    assert ended.exit_code == 2
    assert "the schedule of dev never starts it" in " ".join(ended.stderr.split())


def test_a_command_without_a_reason_or_with_two_ends_is_refused(noon: Any) -> None:
    """A dry run needs no reason."""
    assert noon.run("env", "stop", "dev").exit_code == 2
    assert noon.run("env", "stop", "mars", "--reason", "x").exit_code == 3
    assert noon.run("env", "stop", "dev", "--reason", "x", "--hours", "1", "--until", "23:00").exit_code == 2
    assert noon.store.exceptions == {}


def test_a_dry_run_shows_the_money_and_changes_nothing(noon: Any) -> None:
    """What would be stopped, and what it would save."""
    told = noon.run("env", "stop", "dev", "--hours", "10", "--dry-run")
    found = noon.document("env", "stop", "dev", "--hours", "10", "--dry-run")

    assert "dev goes to sleep until Tue 24 Nov 22:00 EST" not in told.stdout
    assert "would stop ECS service app/web" in told.stdout
    assert "not in the price table: Aurora cluster events" in told.stdout
    assert found["usd"] > 0
    assert (noon.estate.calls, noon.store.exceptions) == ([], {})


def test_status_tells_what_is_wanted_and_why(noon: Any) -> None:
    """One line for each environment."""
    rows = noon.document("env", "status")["environments"]

    assert [(row["environment"], row["state"], row["next_edge"]) for row in rows] == [
        ("dev", "running", "2026-11-25T01:00:00Z"),
        ("staging", "running", None),
        ("prod", "running", None),
    ]
    shown = noon.run("env", "status").stdout
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_status_of_one_tells_how_each_workload_is(noon: Any) -> None:
    """In the middle of the way down."""
    look(noon)
    noon.deployment.clock.at = NOON + timedelta(hours=8)
    noon.estate.slow = True
    look(noon)
    found = noon.document("env", "status", "dev")
    shown = noon.run("env", "status", "dev", columns=120).stdout

    web = next(each for each in found["workloads"] if each["key"] == "ecs:app/web")
    assert (found["state"], web["record"], web["saved"]) == ("stopped", "asleep", {"desired": 3, "min": 2, "max": 6})
    assert "wait: it sleeps after" in shown
    assert "ECS service app/web" in shown


def test_status_of_an_environment_that_nobody_knows_is_not_found(noon: Any) -> None:
    """With those that are."""
    assert noon.run("env", "status", "mars").exit_code == 3
