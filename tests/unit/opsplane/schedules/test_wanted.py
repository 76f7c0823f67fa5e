"""What is wanted, with the exceptions that people made."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

import pytest
from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.schedule import Schedule
from opsplane.schedules.timeline import Rule, Timeline, Wish
from opsplane.schedules.wanted import next_edge, next_edge_to, relevant, skipped_stop, wanted

NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
OFFICE = Timeline(
    "office",
    Schedule.model_validate({"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}),
    "America/New_York",
)


def override(kind: OverrideKind, hours: float = 2, target: str = "dev", start: datetime = NOON) -> Override:
    """An exception from noon on."""
    end = start + timedelta(hours=hours)
    return Override(id=kind, target=target, kind=kind, start=start, end=end, by="ada", reason="demo", made_at=NOON)


def limited(only: Literal["start", "stop"]) -> Timeline:
    """Office hours that only start, or only stop."""
    return Timeline("limited", OFFICE.schedule.model_copy(update={"only": only}), "America/New_York")


def test_a_hold_outranks_every_other_exception() -> None:
    """The first rule of the printed precedence."""
    found = wanted(OFFICE, (override(OverrideKind.KEEP_OFF), override(OverrideKind.HOLD)), NOON)

    assert (found.state, found.rule, found.source) == (Wish.ANY, Rule.HOLD, "hold")


def test_a_reason_names_who_and_why() -> None:
    """Somebody will ask."""
    found = wanted(OFFICE, (override(OverrideKind.KEEP_OFF),), NOON)

    assert found.reason == "keep-off of dev until 2026-11-24T19:00:00Z by ada: demo"


def test_what_is_said_of_a_workload_outranks_what_is_said_of_all() -> None:
    """And is nothing to the others."""
    every = (override(OverrideKind.KEEP_OFF), override(OverrideKind.KEEP_ON, target="dev/rds:orders"))

    assert wanted(OFFICE, relevant(every, "dev", "rds:orders"), NOON).state is Wish.RUNNING
    assert wanted(OFFICE, relevant(every, "dev", "rds:other"), NOON).state is Wish.STOPPED
    assert relevant(every, "prod") == ()


def test_a_skipped_stop_lasts_from_that_stop_to_the_start_after_it() -> None:
    """Tuesday's evening to Wednesday's morning."""
    start, end = NOON + timedelta(hours=8), NOON + timedelta(hours=20)

    assert skipped_stop(OFFICE, (), NOON) == (start, end)


def test_what_never_sleeps_has_no_stop_to_skip() -> None:
    """Nor an edge."""
    always = Timeline("always", Schedule(always="running"), "UTC")

    assert skipped_stop(always, (), NOON) is None
    assert next_edge(always, (), NOON) is None


def test_two_exceptions_that_want_the_same_as_the_schedule_are_no_edge() -> None:
    """Kept on by day."""
    assert next_edge(OFFICE, (override(OverrideKind.KEEP_ON),), NOON) == NOON + timedelta(hours=8)


def test_a_schedule_that_only_starts_has_no_stop_to_skip() -> None:
    """It has edges for ever, and none of them is a stop: nobody waits until all of them have been looked at."""
    assert skipped_stop(limited("start"), (), NOON) is None
    assert next_edge_to(Wish.STOPPED, limited("start"), (), NOON) is None


def test_a_schedule_that_only_stops_never_comes_to_a_start() -> None:
    """Whoever asks until when it sleeps hears that there is no such moment."""
    assert next_edge_to(Wish.RUNNING, limited("stop"), (), NOON) is None
    assert next_edge_to(Wish.ANY, limited("stop"), (), NOON) == NOON + timedelta(hours=20)


def test_the_stop_of_a_schedule_that_only_stops_is_skipped_until_its_next_period() -> None:
    """From there on it stays whatever it is."""
    assert skipped_stop(limited("stop"), (), NOON) == (NOON + timedelta(hours=8), NOON + timedelta(hours=20))


def test_by_night_the_stop_of_the_next_evening_is_the_one_to_skip() -> None:
    """That of tonight is over."""
    night = NOON + timedelta(hours=10)

    assert skipped_stop(OFFICE, (), night) == (NOON + timedelta(hours=32), NOON + timedelta(hours=44))


def test_a_stop_that_is_skipped_already_leaves_the_one_after_it() -> None:
    """Two skipped stops are two nights."""
    tonight = override(OverrideKind.SKIP_STOP, 12, start=NOON + timedelta(hours=8))

    assert skipped_stop(OFFICE, (tonight,), NOON) == (NOON + timedelta(hours=32), NOON + timedelta(hours=44))


def test_a_weekend_is_one_stop() -> None:
    """From Friday's evening to Monday's morning."""
    friday = NOON + timedelta(days=3)

    assert skipped_stop(OFFICE, (), friday) == (friday + timedelta(hours=8), friday + timedelta(hours=68))


def test_a_change_that_a_holiday_hides_for_weeks_is_found() -> None:
    """A month of holidays: the next start is the one after them."""
    holidays = frozenset(date(2026, 12, 1) + timedelta(days=each) for each in range(31))
    closed = Timeline("closed", OFFICE.schedule, "America/New_York", holidays)

    assert next_edge(closed, (), datetime(2026, 12, 5, tzinfo=UTC)) == datetime(2027, 1, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "hours", "reason"),
    [
        ({}, 0, "Tue 24 Nov 12:00 EST lies in the periods of office"),
        ({}, 9, "Tue 24 Nov 21:00 EST lies outside the periods of office"),
        ({"only": "stop"}, 0, "Tue 24 Nov 12:00 EST lies in the periods of office, which only stops"),
        ({"only": "stop"}, 9, "Tue 24 Nov 21:00 EST lies outside the periods of office, which only stops"),
        ({"only": "start"}, 0, "Tue 24 Nov 12:00 EST lies in the periods of office, which only starts"),
        ({"only": "start"}, 9, "Tue 24 Nov 21:00 EST lies outside the periods of office, which only starts"),
        ({}, 24, "Wed 25 Nov 12:00 EST is a holiday of office"),
        (
            {"maintenance": [{"days": "wed", "start": "12:00", "end": "13:00"}]},
            24,
            "Wed 25 Nov 12:00 EST lies in a maintenance window of office",
        ),
    ],
)
def test_a_reason_says_where_the_moment_lies_on_the_schedules_clock(
    changes: dict[str, Any], hours: int, reason: str
) -> None:
    """In the words that `plan` prints."""
    document = {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}], **changes}
    holidays = frozenset({date(2026, 11, 25)})
    office = Timeline("office", Schedule.model_validate(document), "America/New_York", holidays)

    assert wanted(office, (), NOON + timedelta(hours=hours)).reason == reason


def test_exceptions_come_those_of_the_workload_first() -> None:
    """Then by their start: what is said of one thing is meant more than what is said of all."""
    late = override(OverrideKind.KEEP_OFF, target="dev/rds:orders", start=NOON + timedelta(hours=1))
    every = override(OverrideKind.KEEP_ON)
    other = override(OverrideKind.KEEP_ON, target="dev/rds:other")

    assert relevant((every, other, late), "dev", "rds:orders") == (late, every)
    assert relevant((every, other, late), "dev") == (every,)


def test_an_environment_is_not_one_whose_name_begins_like_it() -> None:
    """An exception of dev2 is nothing to dev."""
    assert relevant((override(OverrideKind.HOLD, target="dev2"),), "dev") == ()
