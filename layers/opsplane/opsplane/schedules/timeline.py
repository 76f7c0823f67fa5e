"""What a schedule wants at an instant: a pure function of the schedule, its holidays and the instant.

Periods become half-open spans of UTC, anchored on the local day on which they start, before anything is compared. So a
change of the clocks can neither lose an edge nor make an environment flap.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from opsplane.schedules.clock import MINUTES_OF_DAY, instant
from opsplane.schedules.schedule import Day, Period, Schedule

type Span = tuple[datetime, datetime]

_ONE_DAY = timedelta(days=1)


class Wish(StrEnum):
    """What is wanted of a workload. `any`: whatever it is, it stays."""

    RUNNING = "running"
    STOPPED = "stopped"
    ANY = "any"


class Rule(StrEnum):
    """What decided, highest first: hold > override > maintenance > holiday > schedule."""

    HOLD = "hold"
    OVERRIDE = "override"
    MAINTENANCE = "maintenance"
    HOLIDAY = "holiday"
    SCHEDULE = "schedule"


@dataclass(frozen=True)
class Timeline:
    """A schedule with its zone and holidays put in. `name` is what people call it."""

    name: str
    schedule: Schedule
    zone: str
    holidays: frozenset[date] = frozenset()
    _days: dict[tuple[date, bool, bool], tuple[Span, ...]] = field(default_factory=dict, compare=False, repr=False)

    def local(self, at: datetime) -> datetime:
        """An instant on the schedule's clock."""
        return at.astimezone(ZoneInfo(self.zone))

    def wish(self, at: datetime) -> tuple[Wish, Rule]:
        """What the schedule alone wants, and which of its rules says so."""
        schedule = self.schedule
        if schedule.always:
            return Wish(schedule.always), Rule.SCHEDULE
        if self._within(at, maintenance=True):
            return self._awake(), Rule.MAINTENANCE
        if self._within(at):
            return self._awake(), Rule.SCHEDULE
        off = self.local(at).date() in self.holidays and self._within(at, holidays=False)
        return self._asleep(), Rule.HOLIDAY if off else Rule.SCHEDULE

    def edges(self, first: datetime, last: datetime) -> list[datetime]:
        """Every instant in (first, last] at which a period or a maintenance window starts or ends, in order."""
        day, end = self.local(first).date() - _ONE_DAY, self.local(last).date()
        found: set[datetime] = set()
        while day <= end:
            for maintenance in (False, True):
                for span in self._spans(day, maintenance=maintenance):
                    found.update(edge for edge in span if first < edge <= last)
            day += _ONE_DAY
        return sorted(found)

    def _within(self, at: datetime, *, maintenance: bool = False, holidays: bool = True) -> bool:
        return any(start <= at < end for start, end in self._around(at, maintenance=maintenance, holidays=holidays))

    def _around(self, at: datetime, *, maintenance: bool = False, holidays: bool = True) -> Iterator[Span]:
        today = self.local(at).date()
        for day in (today, today - _ONE_DAY):
            yield from self._spans(day, maintenance=maintenance, holidays=holidays)

    def _spans(self, day: date, *, maintenance: bool, holidays: bool = True) -> tuple[Span, ...]:
        """The spans that start on a local day; kept, since a sweep asks for the same few days over and over."""
        key = (day, maintenance, holidays)
        if key not in self._days:
            periods = self.schedule.maintenance if maintenance else self.schedule.periods
            off = not maintenance and holidays and day in self.holidays
            self._days[key] = () if off else tuple(self._dated(day, periods))
        return self._days[key]

    def _dated(self, day: date, periods: tuple[Period, ...]) -> Iterator[Span]:
        for period in periods:
            if Day(day.weekday()) in period.days:
                over = MINUTES_OF_DAY if period.end < period.start else 0
                yield instant(day, period.start, self.zone), instant(day, period.end + over, self.zone)

    def _awake(self) -> Wish:
        return Wish.ANY if self.schedule.only == "stop" else Wish.RUNNING

    def _asleep(self) -> Wish:
        return Wish.ANY if self.schedule.only == "start" else Wish.STOPPED


def in_utc(at: datetime) -> str:
    """An instant as `2026-11-27T20:00:00Z`."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
