"""A schedule as data: the periods in which something is awake, and what holds besides."""

import re
from enum import IntEnum
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from opsplane.model import Line, Model, Name
from opsplane.schedules.clock import MINUTES_OF_DAY, zone_named


class Day(IntEnum):
    """A day of the week, as `datetime.weekday` counts."""

    MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


_NAMES = tuple(day.name.lower() for day in Day)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def _minutes(value: object) -> object:
    """`08:00` as minutes of the day; 24:00 is the end of it."""
    if not isinstance(value, str):
        message = 'write a time as "08:00", in quotes: YAML reads 20:00 without them as the number 1200'
        raise ValueError(message)  # noqa: TRY004 - pydantic reports a ValueError
    if value == "24:00":
        return MINUTES_OF_DAY
    found = _TIME.fullmatch(value)
    if not found:
        message = f"{value!r} is no time of day; write 00:00 to 24:00"
        raise ValueError(message)
    return int(found[1]) * 60 + int(found[2])


def _days(value: object) -> object:
    """`mon-fri`, `sat`, or a list of such, as days."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, list | tuple | set | frozenset) or not parts:
        message = "name days as mon, as mon-fri, or as a list of such"
        raise ValueError(message)
    return frozenset(day for part in parts for day in _range(part))


def _range(part: object) -> tuple[Day, ...]:
    if isinstance(part, Day):
        return (part,)
    first, dash, last = str(part).lower().partition("-")
    ends = (first, last) if dash else (first, first)
    if unknown := [name for name in ends if name not in _NAMES]:
        message = f"{unknown[0]!r} is no day; the days are {', '.join(_NAMES)}"
        raise ValueError(message)
    start, end = (_NAMES.index(name) for name in ends)
    return tuple(Day((start + step) % 7) for step in range((end - start) % 7 + 1))


def clock_time(minutes: int) -> str:
    """Minutes of the day as `08:00`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


Minutes = Annotated[int, BeforeValidator(_minutes), Field(json_schema_extra={"type": "string"})]
Days = Annotated[frozenset[Day], BeforeValidator(_days), Field(json_schema_extra={"items": {"type": "string"}})]
Zone = Annotated[str, AfterValidator(zone_named)]


class Period(Model):
    """From `start` to before `end`, local time, on the days on which it starts; over midnight when `end` is earlier."""

    days: Days
    start: Minutes
    end: Minutes

    @model_validator(mode="after")
    def _is_a_span(self) -> "Period":
        if self.start == MINUTES_OF_DAY:
            message = "a period cannot start at 24:00; write 00:00 of the day after"
            raise ValueError(message)
        if self.start == self.end:
            message = f"start and end are both {clock_time(self.start)}; a whole day is 00:00 to 24:00"
            raise ValueError(message)
        return self

    @property
    def length(self) -> int:
        """Minutes on the clock from start to end."""
        return (self.end - self.start) % MINUTES_OF_DAY or MINUTES_OF_DAY

    def document(self) -> dict[str, Any]:
        """As it is written in a file."""
        days = [_NAMES[day] for day in sorted(self.days)]
        return {"days": days, "start": clock_time(self.start), "end": clock_time(self.end)}


class Schedule(Model):
    """When something is awake.

    Attributes:
        description: What it is for.
        zone: The IANA zone of its clock; None: that of the file, else that of the deployment.
        always: In place of periods: it never changes.
        periods: Awake in these, asleep between them.
        holidays: Calendars on whose dates no period starts.
        maintenance: Awake in these too, also on holidays.
        only: `stop`: it is put to sleep and never woken; `start`: the other way round.
        out_of_hours: What becomes of something that a person starts while it should sleep.
        retain_running: What a person started while it should sleep is left running at the next stop as well.
    """

    description: Line = ""
    zone: Zone | None = None
    always: Literal["running", "stopped"] | None = None
    periods: tuple[Period, ...] = ()
    holidays: tuple[Name, ...] = ()
    maintenance: tuple[Period, ...] = ()
    only: Literal["start", "stop"] | None = None
    out_of_hours: Literal["keep", "stop"] = "keep"
    retain_running: bool = False

    @model_validator(mode="after")
    def _makes_sense(self) -> "Schedule":
        if self.always and (self.periods or self.holidays or self.maintenance or self.only):
            message = "a schedule that is always the same has no periods, holidays, maintenance, and no `only`"
            raise ValueError(message)
        if not self.always and not self.periods:
            message = "it has no periods; write `always: running` or `always: stopped` if that is meant"
            raise ValueError(message)
        if self.retain_running and self.out_of_hours == "stop":
            message = "retain_running leaves running what a person started, and out_of_hours: stop stops it at once"
            raise ValueError(message)
        return self
