"""Local times as instants."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from opsplane.schedules.clock import instant, zone_named


def utc(text: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "day", "minute", "expected"),
    [
        ("America/New_York", date(2026, 3, 8), 150, "2026-03-08T07:00:00Z"),
        ("Europe/Berlin", date(2026, 3, 29), 135, "2026-03-29T01:00:00Z"),
        ("Australia/Lord_Howe", date(2026, 10, 4), 135, "2026-10-03T15:30:00Z"),
        ("America/Santiago", date(2026, 9, 6), 0, "2026-09-06T04:00:00Z"),
    ],
)
def test_a_time_that_the_clock_skips_is_the_first_instant_after_the_gap(
    zone: str, day: date, minute: int, expected: str
) -> None:
    """Also in half-hour gaps, and in those at midnight."""
    assert instant(day, minute, zone) == utc(expected)


def test_a_time_that_is_shown_twice_is_its_first_showing() -> None:
    """01:30 in New York, when summer ends."""
    assert instant(date(2026, 11, 1), 90, "America/New_York") == utc("2026-11-01T05:30:00Z")


def test_the_end_of_a_day_is_the_start_of_the_next() -> None:
    """24:00, and a period over midnight."""
    assert instant(date(2026, 12, 31), 1440, "Asia/Kathmandu") == utc("2026-12-31T18:15:00Z")
    assert instant(date(2026, 12, 31), 1500, "UTC") == utc("2027-01-01T01:00:00Z")


@given(
    some.sampled_from(["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "Europe/London"]),
    some.dates(date(2024, 1, 1), date(2028, 12, 31)),
    some.integers(0, 1439),
)
def test_the_clock_shows_what_was_asked_for_unless_it_skips_that(zone: str, day: date, minute: int) -> None:
    """And an earlier minute is never a later instant."""
    found = instant(day, minute, zone)
    shown = found.astimezone(ZoneInfo(zone))
    asked = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall clock

    assert shown.replace(tzinfo=None) >= asked
    assert shown.replace(tzinfo=None) - asked <= timedelta(hours=1)
    assert instant(day, minute + 1, zone) >= found
    assert found.tzinfo is UTC


def test_an_unknown_zone_is_named_with_one_that_may_be_meant() -> None:
    """A typing error costs a night otherwise."""
    assert zone_named("Asia/Kolkata") == "Asia/Kolkata"
    with pytest.raises(ValueError, match=r"'Europe/Berln' is no time zone.*did you mean Europe/Berlin\?"):
        zone_named("Europe/Berln")


@pytest.mark.parametrize("name", ["", "../etc/passwd", "/etc/passwd", "\x00", "Mars/Olympus"])
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    """Whatever it tries to be."""
    with pytest.raises(ValueError, match="is no time zone"):
        zone_named(name)
