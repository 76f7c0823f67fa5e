"""What holds for every schedule, with every exception, at every instant: found by scanning minutes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as some
from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.schedule import Schedule, clock_time
from opsplane.schedules.timeline import Rule, Timeline, Wish
from opsplane.schedules.wanted import next_edge, next_edge_to, relevant, skipped_stop, wanted

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
SCANNED = timedelta(days=2)

CHANGES = {
    "America/New_York": date(2026, 3, 8),
    "America/Santiago": date(2026, 9, 6),
    "Asia/Kolkata": date(2026, 2, 28),
    "Australia/Lord_Howe": date(2026, 4, 5),
    "Europe/Berlin": date(2026, 10, 25),
    "UTC": date(2026, 12, 31),
}
"""Zones, each with a day near which something is odd: an hour or half an hour too few or too many, or a new year."""


@some.composite
def periods(draw: some.DrawFn) -> dict[str, Any]:
    """A period to the minute, over midnight or not, often near the hours in which clocks are changed."""
    start = draw(some.integers(0, 1439) | some.integers(0, 200))
    end = draw((some.integers(0, 1440) | some.integers(0, 200)).filter(lambda minute: minute != start))
    days = draw(some.sets(some.sampled_from(DAYS), min_size=1))
    return {"days": sorted(days), "start": clock_time(start), "end": clock_time(end)}


@some.composite
def questions(draw: some.DrawFn) -> tuple[Timeline, tuple[Override, ...], datetime]:
    """A schedule with its holidays, exceptions, and a moment, all within some days of a change of the clocks."""
    zone, day = draw(some.sampled_from(sorted(CHANGES.items())))
    schedule = Schedule.model_validate(
        {
            "periods": draw(some.lists(periods(), min_size=1, max_size=3)),
            "maintenance": draw(some.lists(periods(), max_size=1)),
            "only": draw(some.sampled_from([None, None, "start", "stop"])),
        }
    )
    offsets = draw(some.sets(some.integers(-3, 5), max_size=3))
    holidays = frozenset(day + timedelta(days=each) for each in offsets)
    middle = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    made = some.tuples(some.sampled_from(OverrideKind), some.integers(-3000, 3000), some.integers(1, 3000))
    exceptions = tuple(
        override(number, kind, middle + start * MINUTE, length)
        for number, (kind, start, length) in enumerate(draw(some.lists(made, max_size=3)))
    )
    at = middle + timedelta(seconds=draw(some.integers(-2 * 86_400, 2 * 86_400)))
    return Timeline("own", schedule, zone, holidays), relevant(exceptions, "dev"), at


def override(number: int, kind: OverrideKind, start: datetime, minutes: int) -> Override:
    """An exception for dev."""
    end = start + minutes * MINUTE
    return Override(
        id=str(number), target="dev", kind=kind, start=start, end=end, by="ada", reason="demo", made_at=start
    )


@given(questions())
def test_nothing_changes_between_a_moment_and_its_next_edge(
    question: tuple[Timeline, tuple[Override, ...], datetime],
) -> None:
    """And at the edge something does, but not just before it."""
    timeline, exceptions, at = question
    now, edge = wanted(timeline, exceptions, at).state, next_edge(timeline, exceptions, at)
    end = min(edge or at + SCANNED, at + SCANNED)

    for minute in range((end - at) // MINUTE):
        assert wanted(timeline, exceptions, at + minute * MINUTE).state is now
    if edge:
        assert edge > at
        assert wanted(timeline, exceptions, edge).state is not now
        assert wanted(timeline, exceptions, edge - timedelta(microseconds=1)).state is now


@given(questions())
def test_a_schedules_own_edges_are_all_there_are(question: tuple[Timeline, tuple[Override, ...], datetime]) -> None:
    """Between two of them no minute is unlike the first."""
    timeline, _, at = question
    last = at + timedelta(days=1)
    edges = timeline.edges(at, last)

    assert edges == sorted(set(edges))
    for first, then in pairwise([at, *edges, last]):
        states = {timeline.wish(first + minute * MINUTE)[0] for minute in range((then - first) // MINUTE)}
        assert len(states) <= 1


@given(questions(), some.sampled_from(Wish))
def test_the_next_edge_to_a_state_is_the_first_that_leads_there(
    question: tuple[Timeline, tuple[Override, ...], datetime], state: Wish
) -> None:
    """No edge before it does."""
    timeline, exceptions, at = question
    found = next_edge_to(state, timeline, exceptions, at)

    if found:
        assert wanted(timeline, exceptions, found).state is state
        edge = next_edge(timeline, exceptions, at)
        while edge and edge < found:
            assert wanted(timeline, exceptions, edge).state is not state
            edge = next_edge(timeline, exceptions, edge)
        assert edge == found


@given(questions())
def test_a_skipped_stop_is_a_sleep_and_no_other_comes_before_it(
    question: tuple[Timeline, tuple[Override, ...], datetime],
) -> None:
    """All of it is sleep, and at its end it is over."""
    timeline, exceptions, at = question
    span = skipped_stop(timeline, exceptions, at)

    if span:
        start, end = span
        assert at < start < end
        assert start == next_edge_to(Wish.STOPPED, timeline, exceptions, at)
        assert wanted(timeline, exceptions, end - timedelta(microseconds=1)).state is Wish.STOPPED
        assert wanted(timeline, exceptions, end).state is not Wish.STOPPED


@given(questions())
def test_the_precedence_holds_at_every_instant(question: tuple[Timeline, tuple[Override, ...], datetime]) -> None:
    """Hold, then override, then what the schedule says by itself; the reason is never empty."""
    timeline, exceptions, at = question
    found = wanted(timeline, exceptions, at)
    rules = {each.rule for each in exceptions if each.active(at)}

    if Rule.HOLD in rules:
        assert (found.rule, found.state) == (Rule.HOLD, Wish.ANY)
    elif rules:
        assert found.rule is Rule.OVERRIDE
    else:
        assert (found.state, found.rule) == timeline.wish(at)
        assert found.source == ""
    assert found.reason
