"""What is wanted, with the exceptions that people made."""

from datetime import UTC, datetime, timedelta

from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.schedule import Schedule
from opsplane.schedules.timeline import Rule, Timeline, Wish
from opsplane.schedules.wanted import next_edge, relevant, skipped_stop, wanted

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
