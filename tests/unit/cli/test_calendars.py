"""Holidays out of iCalendar files."""

from datetime import date
from pathlib import Path

import pytest
from opsplane_cli.calendars import dates_of
from opsplane_cli.exits import CommandError

TODAY = date(2026, 11, 24)


def calendar(tmp_path: Path, *events: str) -> Path:
    """A calendar with some events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20260101T000000Z", *event.split("\n"), "END:VEVENT"]
    path = tmp_path / "holidays.ics"
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]))
    return path


def test_a_day_is_a_day_and_several_are_each_of_them(tmp_path: Path) -> None:
    """DTEND is not part of the event."""
    path = calendar(
        tmp_path,
        "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227",
        "DTSTART;VALUE=DATE:20270101",
    )

    assert dates_of(path, TODAY) == (date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1))


def test_what_repeats_is_repeated_for_three_years(tmp_path: Path) -> None:
    """Easter Monday does not, Christmas does."""
    path = calendar(tmp_path, "DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY")

    assert dates_of(path, TODAY) == (date(2026, 12, 25), date(2027, 12, 25), date(2028, 12, 25))


def test_an_event_with_times_is_the_days_that_it_touches(tmp_path: Path) -> None:
    """One that ends at midnight does not touch the next."""
    path = calendar(tmp_path, "DTSTART:20261231T120000\nDTEND:20270102T000000")

    assert dates_of(path, TODAY) == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize("text", ["", "no calendar", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:xyz\r\n"])
def test_what_is_no_calendar_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    """And so is a file that is not there."""
    path = tmp_path / "x.ics"
    path.write_text(text)

    with pytest.raises(CommandError, match=r"x\.ics"):
        dates_of(path, TODAY)
    with pytest.raises(CommandError, match=r"y\.ics cannot be read"):
        dates_of(tmp_path / "y.ics", TODAY)


def test_a_calendar_of_the_past_is_refused(tmp_path: Path) -> None:
    """Otherwise nobody would notice that there are no holidays any more."""
    path = calendar(tmp_path, "DTSTART;VALUE=DATE:20201225")

    with pytest.raises(CommandError, match="has no events between 2026-10-24"):
        dates_of(path, TODAY)


def test_an_event_without_a_start_is_refused_with_its_file(tmp_path: Path) -> None:
    """Some programs write such."""
    path = calendar(tmp_path, "SUMMARY:no start")

    with pytest.raises(CommandError, match="holidays.ics cannot be read as iCalendar: an event has no 'DTSTART'"):
        dates_of(path, TODAY)
