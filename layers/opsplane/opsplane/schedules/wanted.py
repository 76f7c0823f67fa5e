"""What is wanted of a workload at an instant, with the exceptions that people made: hold > override > the schedule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsplane.schedules.override import Override
from opsplane.schedules.timeline import Rule, Timeline, Wish

_WEEK = timedelta(days=7)
_AHEAD = timedelta(days=400)
"""How far ahead an edge is looked for: over a year, so that a yearly calendar cannot hide it."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted, by which rule, and why; `source` is the id of the exception that wants it, if one does."""

    state: Wish
    rule: Rule
    reason: str
    source: str = ""


def relevant(overrides: Iterable[Override], environment: str, workload: str = "") -> tuple[Override, ...]:
    """The exceptions that concern an environment, or one workload of it, those of the workload first."""
    mine = [each for each in overrides if each.environment == environment and each.workload in ("", workload)]
    return tuple(sorted(mine, key=lambda each: (not each.workload, each.start, each.id)))


def wanted(timeline: Timeline, overrides: Sequence[Override], at: datetime) -> Wanted:
    """What is wanted at an instant; `overrides` are those that `relevant` found."""
    for rule in (Rule.HOLD, Rule.OVERRIDE):
        for each in overrides:
            if each.rule is rule and each.active(at):
                return Wanted(each.wish, rule, str(each), each.id)
    state, rule = timeline.wish(at)
    return Wanted(state, rule, _reason(timeline, state, rule, at))


def next_edge(timeline: Timeline, overrides: Sequence[Override], at: datetime) -> datetime | None:
    """The first instant after `at` at which another state is wanted; None when there is none within a year."""
    now = wanted(timeline, overrides, at).state
    first, end = at, at + _AHEAD
    while first < end:
        last = min(first + _WEEK, end)
        found = {edge for each in overrides for edge in (each.start, each.end) if first < edge <= last}
        for edge in sorted(found.union(timeline.edges(first, last))):
            if wanted(timeline, overrides, edge).state is not now:
                return edge
        first = last
    return None


def next_edge_to(state: Wish, timeline: Timeline, overrides: Sequence[Override], at: datetime) -> datetime | None:
    """The first instant after `at` from which on a state is wanted; None when there is none within a year.

    A schedule that only starts never stops anything, and has edges for ever: they are followed no further than that.
    """
    edge, end = next_edge(timeline, overrides, at), at + _AHEAD
    while edge and edge <= end:
        if wanted(timeline, overrides, edge).state is state:
            return edge
        edge = next_edge(timeline, overrides, edge)
    return None


def skipped_stop(timeline: Timeline, overrides: Sequence[Override], at: datetime) -> tuple[datetime, datetime] | None:
    """The next sleep that is to come: from its stop to the start after it; None when none comes within a year."""
    stop = next_edge_to(Wish.STOPPED, timeline, overrides, at)
    start = next_edge(timeline, overrides, stop) if stop else None
    return (stop, start) if stop and start else None


def _reason(timeline: Timeline, state: Wish, rule: Rule, at: datetime) -> str:
    clock = f"{timeline.local(at):%a %d %b %H:%M %Z}"
    schedule = timeline.schedule
    if schedule.always:
        return f"{timeline.name} is always {schedule.always}"
    match rule:
        case Rule.MAINTENANCE:
            return f"{clock} lies in a maintenance window of {timeline.name}"
        case Rule.HOLIDAY:
            return f"{clock} is a holiday of {timeline.name}"
        case _:
            inside = state is Wish.RUNNING or (state is Wish.ANY and schedule.only == "stop")
            only = f", which only {schedule.only}s" if schedule.only else ""
            return f"{clock} lies {'in' if inside else 'outside'} the periods of {timeline.name}{only}"
