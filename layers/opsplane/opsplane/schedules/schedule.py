"""When an environment is awake: a pure function of a schedule and an instant.

Periods are written in local time and become instants before anything is compared, so a change of the clocks can neither
lose an edge nor make an environment flap. https://docs.python.org/3/library/zoneinfo.html, PEP 495.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from enum import IntEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field

from opsplane.model import Model, Name

_DAYS = 9
"""Yesterday, today, and the seven days within which a weekly schedule comes to its next edge."""


class Day(IntEnum):
    """A day of the week, as `datetime.weekday` counts."""

    MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


WORKING_DAYS = frozenset({Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI})


class Period(Model):
    """Awake from `start` to before `end`, local time, on some days; over midnight when `end` is not after `start`."""

    days: Annotated[frozenset[Day], Field(min_length=1)]
    start: time
    end: time


class Schedule(Model):
    """The periods in which an environment is awake; no periods: it is always on. `zone` is an IANA name."""

    zone: Name
    periods: tuple[Period, ...] = ()

    @property
    def always_on(self) -> bool:
        """Whether the environment never sleeps."""
        return not self.periods


def default_schedule(environment: str, zone: str) -> Schedule:
    """The schedule of an environment that has none of its own: dev works Monday to Friday, all others are always on."""
    if environment != "dev":
        return Schedule(zone=zone)
    return Schedule(zone=zone, periods=(Period(days=WORKING_DAYS, start=time(8), end=time(20)),))


def awake(schedule: Schedule, at: datetime) -> bool:
    """Whether the environment should be awake at an instant. Periods are half-open: asleep at the very end of one."""
    return schedule.always_on or any(start <= at < end for start, end in _spans(schedule, at))


def next_edge(schedule: Schedule, at: datetime) -> datetime | None:
    """The first instant after `at` at which the wanted state changes, in UTC; None when it never does."""
    if schedule.always_on:
        return None
    spans = sorted({edge for span in _spans(schedule, at) for edge in span if edge > at})
    now = awake(schedule, at)
    # Two periods may touch or overlap: then the edge between them changes nothing.
    return next((edge for edge in spans if awake(schedule, edge) is not now), None)


def local(schedule: Schedule, at: datetime) -> datetime:
    """An instant on the clock of the schedule's zone."""
    return at.astimezone(ZoneInfo(schedule.zone))


def _spans(schedule: Schedule, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every period that starts between the day before `at` and a week after it, as instants in UTC."""
    zone = ZoneInfo(schedule.zone)
    yesterday = at.astimezone(zone).date() - timedelta(days=1)
    for date in (yesterday + timedelta(days=number) for number in range(_DAYS)):
        for period in schedule.periods:
            if Day(date.weekday()) in period.days:
                last = date if period.end > period.start else date + timedelta(days=1)
                # fold=0: a local time that the clocks skip comes after the gap, one that they repeat counts once.
                start = datetime.combine(date, period.start, zone).astimezone(UTC)
                yield start, datetime.combine(last, period.end, zone).astimezone(UTC)
