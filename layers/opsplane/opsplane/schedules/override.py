"""A dated exception to a schedule: who wants what, until when, and why."""

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime, model_validator

from opsplane.errors import Refused
from opsplane.model import Line, Model, Name
from opsplane.schedules.timeline import Rule, Wish, in_utc

LONGEST = timedelta(days=92)
"""An exception that lasts longer is a schedule of its own."""


class OverrideKind(StrEnum):
    """What a person wants."""

    KEEP_ON = "keep-on"
    KEEP_OFF = "keep-off"
    SKIP_STOP = "skip-stop"
    HOLD = "hold"


_WISHES = {
    OverrideKind.KEEP_ON: Wish.RUNNING,
    OverrideKind.KEEP_OFF: Wish.STOPPED,
    OverrideKind.SKIP_STOP: Wish.RUNNING,
    OverrideKind.HOLD: Wish.ANY,
}


class Override(Model):
    """An exception from `start` to before `end`.

    `target` is an environment, or one workload of it: `dev` or `dev/rds:orders`. A skipped stop is dated when it is
    asked for: from that stop to the start after it.
    """

    id: Name
    target: Name
    kind: OverrideKind
    start: AwareDatetime
    end: AwareDatetime
    by: Name
    reason: Line
    made_at: AwareDatetime

    @model_validator(mode="after")
    def _has_an_end(self) -> "Override":
        if self.end <= self.start:
            message = f"it would end at {in_utc(self.end)}, which is not after its start {in_utc(self.start)}"
            raise ValueError(message)
        if self.end - self.start > LONGEST:
            message = f"it would last longer than {LONGEST.days} days; that is a schedule, not an exception"
            raise ValueError(message)
        return self

    @property
    def environment(self) -> str:
        """The environment that it is about, or that its workload is in."""
        return self.target.partition("/")[0]

    @property
    def workload(self) -> str:
        """The key of the one workload that it is about; empty when it is about the environment."""
        return self.target.partition("/")[2]

    @property
    def rule(self) -> Rule:
        """Its place in the precedence."""
        return Rule.HOLD if self.kind is OverrideKind.HOLD else Rule.OVERRIDE

    @property
    def wish(self) -> Wish:
        """What it wants."""
        return _WISHES[self.kind]

    def active(self, at: datetime) -> bool:
        """Whether it holds at an instant."""
        return self.start <= at < self.end

    def __str__(self) -> str:
        """For people: `keep-on of dev until 2026-11-27T23:00:00Z by alice: demo`."""
        return f"{self.kind} of {self.target} until {in_utc(self.end)} by {self.by}: {self.reason}"


def check_free(new: Override, others: tuple[Override, ...]) -> None:
    """See that an exception contradicts none of the others.

    A hold outranks all others and may lie over them; exceptions for one workload may lie over those for all of them.

    Raises:
        Refused: another one of the same target holds at the same time; the message names it.
    """
    for other in others:
        same = other.target == new.target and other.rule is new.rule
        if same and new.start < other.end and other.start < new.end:
            message = (
                f"{new.kind} of {new.target} from {in_utc(new.start)} to {in_utc(new.end)} overlaps with {other.id}, "
                f"{other}. Cancel that one first: opsplane override cancel {other.id}"
            )
            raise Refused(message)
