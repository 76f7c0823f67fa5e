"""What is on record about a workload that sleeps, and about an environment."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from opsplane.model import JsonObject, Line, Model, Name
from opsplane.schedules.timeline import Rule, Wish

Key = Annotated[str, StringConstraints(min_length=1, max_length=700)]
"""A workload's key exactly as AWS spells it: a shortened one, or an alarm's without its last blank, is not found again.

The longest is that of a service: a cluster and a service of 255 characters each.
"""


class SleepStatus(StrEnum):
    """`asleep`: we put it to sleep. `kept`: it should sleep, somebody started it, and it is left running."""

    ASLEEP = "asleep"
    KEPT = "kept"


class Sleep(Model):
    """One span in which a workload sleeps, from the intent on; it is written before the first call.

    Attributes:
        environment: Whose workload it is.
        key: Which one: `ecs:app/web`, `rds:orders`.
        status: What is meant with it.
        saved: What it was before: sizes, bounds. Never written over while the sleep lasts.
        hourly: What it costs awake, in USD an hour; None when the price table does not know it.
        phase: The phase in which it was put to sleep or kept.
        began_at: When it was decided.
        reached_at: When it was first seen asleep; savings count from here. For what is kept: when it was found.
        waking_at: When it was first told to wake.
        started_by: Who started it meanwhile, as far as an event told.
        error: What AWS said when the last call about it was refused.
        told: Whether people were told that it is stuck.
        slept: For what is kept: whether we had put it to sleep before somebody started it.
        ended_at: When it was awake again; None while it lasts.
        ending: How it ended.
        version: How often it was written.
    """

    environment: Name
    key: Key
    status: SleepStatus = SleepStatus.ASLEEP
    saved: JsonObject = Field(default_factory=dict)
    hourly: float | None = None
    phase: Name = ""
    began_at: AwareDatetime
    reached_at: AwareDatetime | None = None
    waking_at: AwareDatetime | None = None
    started_by: Line = ""
    error: Line = ""
    told: bool = False
    slept: bool = False
    ended_at: AwareDatetime | None = None
    ending: Line = ""
    version: int = 1

    def changed(self, **changes: object) -> "Sleep":
        """The next version of it."""
        return self.model_copy(update={**changes, "version": self.version + 1})

    def lasted(self, since: datetime, until: datetime) -> timedelta:
        """How long it lasted within a span of time."""
        if self.reached_at is None:
            return timedelta()
        end = min(self.ended_at or until, until)
        return max(end - max(self.reached_at, since), timedelta())


class Phase(Model):
    """What one schedule wants of an environment's workloads, since when; `settled` once all of them are so.

    `source` is the exception that wants it, else the schedule's name.
    """

    state: Wish
    rule: Rule
    source: Name
    since: AwareDatetime
    settled: bool = False

    @property
    def by_schedule(self) -> bool:
        """Whether the schedule wants it, and no person: then what people start meanwhile is theirs to keep."""
        return self.rule in {Rule.SCHEDULE, Rule.HOLIDAY}

    @property
    def id(self) -> str:
        """Tells one night from the next."""
        return f"{self.source}@{self.since:%Y%m%dT%H%M%S}"


class Head(Model):
    """An environment as the scheduler left it.

    Attributes:
        environment: Its name.
        phases: What each schedule in use wants, by the schedule's name, or by the key of a workload with an
            exception of its own.
        items: The items whose story goes on, by the names of the phases that they are about.
        looked_at: When its workloads were last looked at.
        quiet_until: Until when nothing is due; None: the next sweep looks.
        open: How many sleeps last.
        busy_until: Until when a pass has it in hand, unless that died.
        again: Whether somebody asked meanwhile to look again.
        zone: The zone of the deployment, for whoever reads along.
        version: How often it was written.
    """

    environment: Name
    phases: dict[str, Phase] = Field(default_factory=dict)
    items: dict[str, str] = Field(default_factory=dict)
    looked_at: AwareDatetime | None = None
    quiet_until: AwareDatetime | None = None
    open: int = 0
    busy_until: AwareDatetime | None = None
    again: bool = False
    zone: Name = ""
    version: int = 0
