"""What each schedule in use wants of an environment now, since when, and until when nothing changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from opsplane.schedules.decide import Line
from opsplane.schedules.override import Override
from opsplane.schedules.sleep import Head, Phase
from opsplane.schedules.timeline import Rule
from opsplane.schedules.timetable import Timetable
from opsplane.schedules.wanted import Wanted, next_edge, relevant, wanted

LOOK_EVERY = timedelta(hours=1)
"""How often a quiet environment is looked at all the same: an event may have been missed, a tag may be new."""


def lines_now(
    environment: str, book: Timetable, overrides: Sequence[Override], head: Head, now: datetime
) -> dict[str, Line]:
    """What is wanted now: by the name of each schedule, and by the key of each workload with an exception of its own.

    A phase goes on while the same source wants the same; a new one begins now.
    """
    mine = relevant(overrides, environment)
    found = {
        name: Line(_phase(name, wanted(timeline, mine, now), name, head, now), timeline.schedule)
        for name, timeline in book.timelines.items()
    }
    default = book.timeline_of(environment)
    for key in {each.workload for each in overrides if each.environment == environment and each.workload}:
        wants = wanted(default, relevant(overrides, environment, key), now)
        if wants.rule in {Rule.HOLD, Rule.OVERRIDE}:
            found[key] = Line(_phase(key, wants, key, head, now), default.schedule)
    return found


def quiet_until(
    environment: str, book: Timetable, overrides: Sequence[Override], used: Iterable[str], now: datetime
) -> datetime:
    """The next moment at which something may be due, at most an hour away."""
    edges = [
        next_edge(book.timelines[name], relevant(overrides, environment), now)
        for name in used
        if name in book.timelines
    ]
    borders = [
        border
        for each in overrides
        if each.environment == environment
        for border in (each.start, each.end)
        if border > now
    ]
    return min([edge for edge in edges if edge] + borders + [now + LOOK_EVERY])


def used_by(lines: Mapping[str, Line], schedules: Iterable[str]) -> dict[str, Phase]:
    """The phases that a head remembers: those of the schedules in use, and those of single workloads."""
    names = frozenset(schedules)
    return {name: line.phase for name, line in lines.items() if name in names or ":" in name}


def _phase(line: str, wants: Wanted, name: str, head: Head, now: datetime) -> Phase:
    before, source = head.phases.get(line), wants.source or name
    if before and (before.state, before.source) == (wants.state, source):
        return before.model_copy(update={"rule": wants.rule})
    return Phase(state=wants.state, rule=wants.rule, source=source, since=now)
