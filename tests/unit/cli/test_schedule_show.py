"""When what is awake, and why."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

FILE = """
version: 1
zone: Europe/Berlin
schedules:
  office: { periods: [{ days: mon-fri, start: "08:00", end: "20:00" }] }
  nights: { periods: [{ days: mon-fri, start: "22:00", end: "06:00" }], only: stop }
  always: { always: running }
environments:
  qa: { schedule: office }
  live: { schedule: always }
"""
NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A schedule file."""
    path = tmp_path / "mine.yaml"
    path.write_text(FILE)
    return str(path)


def plan(terminal: Any, *words: str) -> Any:
    """What a plan says."""
    return terminal.document("schedule", "plan", *words)


def test_a_plan_of_a_file_asks_no_account(terminal: Any, file: str) -> None:
    """State, rule, reason and the next edge, for programs."""
    found = plan(terminal, "--file", file, "--name", "office", "--at", "2026-11-24T18:59:59Z")

    assert terminal.environments == []
    assert (found["state"], found["rule"], found["schedule"]) == ("running", "schedule", "office")
    assert (found["next_edge"], found["next_state"]) == ("2026-11-24T19:00:00Z", "stopped")
    assert found["reason"] == "Tue 24 Nov 19:59 CET lies in the periods of office"


def test_a_moment_without_a_zone_is_on_the_schedules_clock(terminal: Any, file: str) -> None:
    """Whatever the terminal's clock says."""
    found = plan(terminal, "--file", file, "--env", "qa", "--at", "2026-11-24T20:00")

    assert (found["at"], found["state"], found["environment"]) == ("2026-11-24T19:00:00Z", "stopped", "qa")


def test_a_schedule_that_only_stops_wants_nothing_by_day(terminal: Any, file: str) -> None:
    """`any`: whatever it is, it stays."""
    found = plan(terminal, "--file", file, "--name", "nights", "--at", "2026-11-24T23:00")

    assert (found["state"], found["next_state"]) == ("any", "stopped")


def test_what_never_changes_has_no_next_edge(terminal: Any, file: str) -> None:
    """Null, and a sentence for people."""
    assert plan(terminal, "--file", file, "--env", "live")["next_edge"] is None
    assert "nothing changes within a year" in terminal.run("schedule", "plan", "--file", file, "--env", "live").stdout


def test_the_plan_of_an_account_has_its_exceptions(terminal: Any) -> None:
    """The shipped schedules hold where nobody pushed any."""
    terminal.deployment.clock.at = NOON
    before = plan(terminal, "--env", "dev")
    terminal.run("override", "add", "dev", "keep-off", "--hours", "2", "--reason", "demo")
    after = plan(terminal, "--env", "dev")

    assert (before["state"], before["rule"]) == ("running", "schedule")
    assert (after["state"], after["rule"], after["next_edge"]) == ("stopped", "override", "2026-11-24T19:00:00Z")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--env", "mars"), 3, "know no environment 'mars'"),
        (("--name", "mars"), 3, "know no schedule 'mars'"),
        ((), 2, "say whose plan: --env NAME, or --file FILE --name SCHEDULE"),
        (("--env", "qa", "--at", "tomorrow"), 2, "'tomorrow' is no moment"),
        (("--env", "qa", "--at", "25:00"), 2, "'25:00' is no moment"),
        (("--env", "qa", "--at", "0001-01-01T00:00Z"), 2, "is no moment"),
        (("--env", "qa", "--at", "9999-12-31"), 2, "is no moment"),
        (("--env", "qa", "--at", "2026-02-30T10:00Z"), 2, "is no moment"),
    ],
)
def test_a_plan_that_makes_no_sense_says_what_to_write(
    terminal: Any, file: str, words: tuple[str, ...], code: int, message: str
) -> None:
    """With the names that there are."""
    ended = terminal.run("schedule", "plan", "--file", file, *words)

    assert ended.exit_code == code
    assert message in " ".join(ended.stderr.split())


def test_a_file_that_cannot_be_read_or_understood_is_named(terminal: Any, tmp_path: Path) -> None:
    """Exit code 2, like every other wrong file."""
    broken = tmp_path / "broken.yaml"
    broken.write_text(FILE.replace('"20:00"', "20:00"))

    assert terminal.run("schedule", "plan", "--file", str(tmp_path / "no.yaml"), "--env", "qa").exit_code == 2
    ended = terminal.run("schedule", "plan", "--file", str(broken), "--env", "qa")
    assert ended.exit_code == 2
    assert "in quotes: YAML reads 20:00" in " ".join(ended.stderr.split())


def test_a_week_is_a_picture(terminal: Any, file: str) -> None:
    """Half an hour is one sign; now is marked; no line is wider than a terminal."""
    terminal.deployment.clock.at = NOON
    shown = terminal.run("schedule", "show", "--file", file, "--env", "qa", "--days", "5").stdout
    lines = shown.splitlines()

    assert lines[0] == "qa office, Europe/Berlin"
    assert lines[2].startswith("Tue 24 Nov  ················████████████████████◆███")
    assert lines[6].startswith("Sat 28 Nov  " + "·" * 48)
    assert "asleep 72 of 120 hours  █ running  · stopped  ░ any  ◆ now" in shown
    assert max(map(len, lines)) <= 80


def test_a_week_is_spans_for_programs(terminal: Any, file: str) -> None:
    """Half-open, without gaps."""
    terminal.deployment.clock.at = NOON
    [found] = terminal.document("schedule", "show", "--file", file, "--env", "qa", "--days", "3")["environments"]
    spans = found["spans"]

    assert (found["zone"], spans[0]["from"], spans[0]["state"]) == ("Europe/Berlin", "2026-11-24T17:00:00Z", "running")
    assert [each["from"] for each in spans[1:]] == [each["to"] for each in spans[:-1]]
    assert datetime.fromisoformat(spans[-1]["to"]) > NOON + timedelta(days=3)
    assert json.dumps(found)
