"""When an environment is awake."""

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opsplane.schedules.schedule import Day, Period, Schedule, awake, default_schedule, local, next_edge

NEW_YORK = "America/New_York"
DEV = default_schedule("dev", NEW_YORK)


def at(text: str, fold: int = 0) -> datetime:
    """A moment on New York's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(NEW_YORK), fold=fold)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T07:59:59.999999", False),
        ("2026-11-23T08:00:00", True),
        ("2026-11-23T19:59:59.999999", True),
        ("2026-11-23T20:00:00", False),
        ("2026-11-27T19:00:00", True),
        ("2026-11-28T12:00:00", False),
        ("2026-11-29T12:00:00", False),
    ],
)
def test_dev_works_from_eight_to_eight_on_working_days(moment: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """Half-open: awake at 08:00 sharp, asleep at 20:00 sharp, asleep all weekend."""
    assert awake(DEV, at(moment)) is expected


@pytest.mark.parametrize("environment", ["staging", "prod", "anything-else"])
def test_every_other_environment_is_always_on(environment: str) -> None:
    """Nobody's environment is put to sleep by accident."""
    schedule = default_schedule(environment, NEW_YORK)

    assert awake(schedule, at("2026-11-28T03:00:00"))
    assert next_edge(schedule, at("2026-11-28T03:00:00")) is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T12:00:00", "2026-11-23T20:00:00-05:00"),
        ("2026-11-23T20:00:00", "2026-11-24T08:00:00-05:00"),
        ("2026-11-27T20:00:00", "2026-11-30T08:00:00-05:00"),
        ("2026-03-06T20:00:00", "2026-03-09T08:00:00-04:00"),
        ("2026-10-30T20:00:00", "2026-11-02T08:00:00-05:00"),
    ],
)
def test_the_next_edge_is_told_by_the_clocks_on_the_wall(moment: str, expected: str) -> None:
    """After a weekend in which the clocks changed, 08:00 is 08:00."""
    assert next_edge(DEV, at(moment)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(("friday", "hours"), [("2026-03-06", 59), ("2026-10-30", 61), ("2026-11-20", 60)])
def test_the_weekend_of_a_clock_change_is_an_hour_shorter_or_longer(friday: str, hours: int) -> None:
    """Spring forward takes one from the 60 hours, fall back gives one."""
    asleep = at(f"{friday}T20:00:00")
    edge = next_edge(DEV, asleep)

    assert edge is not None
    assert edge - asleep.astimezone(UTC) == timedelta(hours=hours)


def nightly(start: time, end: time) -> Schedule:
    """Awake at some hours of every Sunday, when the clocks change."""
    return Schedule(zone=NEW_YORK, periods=(Period(days=frozenset({Day.SUN}), start=start, end=end),))


def changes(schedule: Schedule, day: str) -> list[str]:
    """Every change of the wanted state on one day, found minute by minute, in UTC."""
    first = at(f"{day}T00:00:00").astimezone(UTC)
    minutes = [first + timedelta(minutes=number) for number in range(26 * 60)]
    pairs = itertools.pairwise(minutes)
    return [f"{later:%H:%M}" for earlier, later in pairs if awake(schedule, earlier) != awake(schedule, later)]


def test_a_start_in_the_hour_that_the_clocks_skip_comes_after_it() -> None:
    """02:30 does not exist on 8 March 2026; it is 03:30 then, and there is exactly one start."""
    assert changes(nightly(time(2, 30), time(5)), "2026-03-08") == ["07:30", "09:00"]


def test_a_period_inside_of_the_skipped_hour_keeps_its_length() -> None:
    """Nothing is lost."""
    assert changes(nightly(time(2, 10), time(2, 40)), "2026-03-08") == ["07:10", "07:40"]


def test_an_edge_in_the_hour_that_comes_twice_is_passed_once() -> None:
    """01:30 comes twice on 1 November 2026: the environment must not wake, sleep and wake again."""
    assert changes(nightly(time(1, 30), time(5)), "2026-11-01") == ["05:30", "10:00"]


def test_an_end_in_the_hour_that_comes_twice_is_its_first_coming() -> None:
    """Asleep from the first 01:30 on, also at the second 01:15."""
    schedule = nightly(time(0, 30), time(1, 30))

    assert awake(schedule, at("2026-11-01T01:15:00"))
    assert not awake(schedule, at("2026-11-01T01:15:00", fold=1))


def test_a_period_may_go_over_midnight() -> None:
    """It belongs to the day on which it starts."""
    night = Schedule(zone=NEW_YORK, periods=(Period(days=frozenset({Day.FRI}), start=time(22), end=time(6)),))

    assert awake(night, at("2026-11-28T05:59:00"))
    assert not awake(night, at("2026-11-28T06:00:00"))
    assert not awake(night, at("2026-11-27T05:00:00"))


def test_periods_that_touch_have_no_edge_between_them() -> None:
    """Nothing happens at noon."""
    day = frozenset({Day.MON})
    schedule = Schedule(
        zone=NEW_YORK,
        periods=(Period(days=day, start=time(8), end=time(12)), Period(days=day, start=time(12), end=time(20))),
    )

    assert next_edge(schedule, at("2026-11-23T09:00:00")) == at("2026-11-23T20:00:00")


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds are naive
def test_the_next_edge_changes_the_state_and_nothing_before_it_does(moment: datetime) -> None:
    """For every instant of three years, the clock changes among them."""
    edge = next_edge(DEV, moment)

    assert edge is not None
    assert awake(DEV, edge) is not awake(DEV, moment)
    assert awake(DEV, edge - timedelta(microseconds=1)) is awake(DEV, moment)
    assert local(DEV, edge).time() in {time(8), time(20)}
