"""Which timetable a command goes by."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from opsplane.schedules.sleep import Head
from opsplane_cli.exits import CommandError
from opsplane_cli.timetables import instant_in, load

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", "2026-11-24T17:00:00Z"),
        ("22:00", "2026-11-25T03:00:00Z"),
        ("09:00", "2026-11-25T14:00:00Z"),
        ("2026-11-24T20:00", "2026-11-25T01:00:00Z"),
        ("2026-11-24T20:00+01:00", "2026-11-24T19:00:00Z"),
        ("2026-11-24T20:00:00Z", "2026-11-24T20:00:00Z"),
        ("2026-11-26", "2026-11-26T05:00:00Z"),
    ],
)
def test_a_moment_is_written_as_people_do(text: str, expected: str) -> None:
    """On New York's clock, unless it says otherwise; a time alone is the next one."""
    assert instant_in(text, "America/New_York", NOW) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("text", ["9999-12-31T23:59", "9999-12-31T23:59-14:00", "0001-01-01T00:00+14:00", "24:00", "½"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    """Also what the calendar has and nobody can mean."""
    with pytest.raises(CommandError, match="is no moment"):
        instant_in(text, "America/New_York", NOW)


def test_the_zone_is_the_one_that_the_scheduler_goes_by(terminal: Any) -> None:
    """A deployment may have another than the usual one."""
    terminal.store.put_head(Head(environment="dev", zone="Asia/Tokyo", version=1))

    found = terminal.document("schedule", "plan", "--env", "dev", "--at", "2026-11-24T10:59:00Z")

    assert (found["state"], found["next_edge"]) == ("running", "2026-11-24T11:00:00Z")


def test_a_calendar_lies_beside_the_file_that_names_it(tmp_path: Path) -> None:
    """Its dates are what is pushed."""
    (tmp_path / "uk.ics").write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        "DTSTART;VALUE=DATE:20261225\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\ncalendars: { uk: { ical: uk.ics } }\nschedules: {}\nenvironments: {}\n")

    assert [str(day) for day in load(path, NOW).calendars["uk"]] == ["2026-12-25"]
    path.write_text(path.read_text().replace("uk.ics", "us.ics"))
    with pytest.raises(CommandError, match=r"us\.ics cannot be read"):
        load(path, NOW)
