"""A schedule file: calendars, schedules, and which environment follows which."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from opsplane.errors import InvalidSchedule
from opsplane.model import Model, Name
from opsplane.schedules.schedule import Schedule, Zone

Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
"""A name that fits into a tag of every AWS service."""


class Environment(Model):
    """How an environment sleeps.

    Attributes:
        schedule: The schedule of what has no tag of its own.
        mode: `observe`: what would be done is told; `enforce`: it is done.
        cache: ElastiCache cannot be stopped: `leave` it, or `scale` it down to `cache_node_type` while asleep.
        cache_node_type: For example `cache.t4g.micro`.
        limit: The most workloads that one pass may put to sleep; beyond it nothing is done and people are told.
    """

    schedule: Word
    mode: Literal["observe", "enforce"] = "enforce"
    cache: Literal["leave", "scale"] = "leave"
    cache_node_type: Annotated[str, StringConstraints(pattern=r"^(cache\.[a-z0-9]+\.[a-z0-9]+)?$")] = ""
    limit: Annotated[int, Field(ge=1, le=10_000)] = 500

    @model_validator(mode="after")
    def _has_a_size(self) -> Self:
        if (self.cache == "scale") is not bool(self.cache_node_type):
            message = "cache: scale and cache_node_type belong together"
            raise ValueError(message)
        return self


class ScheduleFile(Model):
    """The whole of it. `tag` is the key of the tag by which a resource follows a schedule of its own.

    Calendars are dates here; a file that people edit may name iCalendar files, which are read when it is pushed.
    """

    version: Literal[1]
    zone: Zone | None = None
    tag: Name = "Schedule"
    calendars: dict[Word, tuple[date, ...]] = Field(default_factory=dict)
    schedules: dict[Word, Schedule]
    environments: dict[Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,15}$")], Environment]

    @model_validator(mode="after")
    def _names_what_it_has(self) -> Self:
        for name, environment in self.environments.items():
            if environment.schedule not in self.schedules:
                message = f"environment {name} follows {environment.schedule!r}; {self._known()}"
                raise ValueError(message)
        for name, schedule in self.schedules.items():
            if missing := [each for each in schedule.holidays if each not in self.calendars]:
                message = f"schedule {name} keeps the holidays of {missing[0]!r}, and there is no such calendar"
                raise ValueError(message)
        return self

    def _known(self) -> str:
        return f"the schedules are {', '.join(sorted(self.schedules)) or 'none'}"


def understand(document: object, origin: str) -> ScheduleFile:
    """A document, as YAML or JSON gave it, as a schedule file; `origin` names it in messages.

    Raises:
        InvalidSchedule: naming each field that is wrong.
    """
    try:
        return ScheduleFile.model_validate(document)
    except ValidationError as error:
        faults = "; ".join(_fault(each) for each in error.errors())
        message = f"{origin} is no schedule file: {faults}"
        raise InvalidSchedule(message) from error


def _fault(fault: Any) -> str:
    place = ".".join(str(part) for part in fault["loc"] if part != "[key]")
    text = str(fault["msg"]).removeprefix("Value error, ")
    return f"{place}: {text}" if place else text
