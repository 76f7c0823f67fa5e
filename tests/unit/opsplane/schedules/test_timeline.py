"""What a schedule wants at an instant."""

from datetime import UTC, date, datetime, timedelta

from opsplane.schedules.schedule import Schedule
from opsplane.schedules.timeline import Rule, Timeline, Wish, in_utc


def timeline(**changes: object) -> Timeline:
    """Office hours in New York, with changes."""
    periods = [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]
    found = Schedule.model_validate({"periods": periods, **changes})
    return Timeline("office", found, "America/New_York", frozenset({date(2026, 11, 26)}))


MONDAY = datetime(2026, 11, 23, 13, tzinfo=UTC)


def test_a_span_is_half_open() -> None:
    """Awake at its start, asleep at its end."""
    office = timeline()

    assert office.wish(MONDAY) == (Wish.RUNNING, Rule.SCHEDULE)
    assert office.wish(MONDAY - timedelta(microseconds=1))[0] is Wish.STOPPED
    assert office.wish(MONDAY + timedelta(hours=12))[0] is Wish.STOPPED


def test_a_holiday_is_an_off_day_and_says_so() -> None:
    """Thanksgiving: only where the schedule would have wanted something else."""
    holiday = MONDAY + timedelta(days=3)

    assert timeline().wish(holiday) == (Wish.STOPPED, Rule.HOLIDAY)
    assert timeline().wish(holiday - timedelta(hours=3)) == (Wish.STOPPED, Rule.SCHEDULE)


def test_maintenance_goes_on_also_on_a_holiday() -> None:
    """It outranks it."""
    window = [{"days": "thu", "start": "09:00", "end": "10:00"}]

    assert timeline(maintenance=window).wish(MONDAY + timedelta(days=3, hours=1)) == (Wish.RUNNING, Rule.MAINTENANCE)


def test_a_schedule_that_only_stops_leaves_the_day_alone() -> None:
    """And one that only starts leaves the night alone."""
    night = MONDAY - timedelta(hours=3)

    assert (timeline(only="stop").wish(MONDAY)[0], timeline(only="stop").wish(night)[0]) == (Wish.ANY, Wish.STOPPED)
    assert (timeline(only="start").wish(MONDAY)[0], timeline(only="start").wish(night)[0]) == (Wish.RUNNING, Wish.ANY)


def test_edges_come_in_order_and_each_once() -> None:
    """Of a week: ten, less the two of the holiday."""
    found = timeline().edges(MONDAY, MONDAY + timedelta(days=7))

    assert found == sorted(set(found))
    assert len(found) == 8
    assert in_utc(found[0]) == "2026-11-24T01:00:00Z"
