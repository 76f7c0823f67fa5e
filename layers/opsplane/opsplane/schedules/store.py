"""The port to what the scheduler keeps in the ledger."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Protocol

from opsplane.policies.version import Version
from opsplane.schedules.override import Override
from opsplane.schedules.sleep import Head, Sleep


class Pushed(Version):
    """One version of a schedule file that people put in force."""

    what: ClassVar[str] = "schedules"


@dataclass(frozen=True)
class Exceptions:
    """The overrides of one environment, also those whose end is over, and how often they were written."""

    overrides: tuple[Override, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class Kept:
    """All that a sweep needs to know, read in one call."""

    pushed: Pushed | None = None
    exceptions: dict[str, Exceptions] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)

    def overrides(self, environment: str) -> tuple[Override, ...]:
        """The overrides of an environment."""
        return self.exceptions.get(environment, Exceptions()).overrides

    def head(self, environment: str) -> Head:
        """An environment as it was left; a blank one at first sight."""
        return self.heads.get(environment) or Head(environment=environment)


class ScheduleStore(Protocol):
    """What the scheduler keeps. Every write is conditional: whoever comes second gets a `LedgerConflict`."""

    def read(self) -> Kept:
        """The file in force, all overrides and all heads."""
        ...

    def pushes(self) -> tuple[Pushed, ...]:
        """All files that people ever put in force, newest first."""
        ...

    def push(self, pushed: Pushed) -> None:
        """Put a file in force; earlier ones are kept."""
        ...

    def put_exceptions(self, environment: str, exceptions: Exceptions) -> None:
        """Write the overrides of an environment; `version` is one more than was read."""
        ...

    def put_head(self, head: Head) -> None:
        """Write an environment; `version` is one more than was read."""
        ...

    def sleeps(self, environment: str) -> tuple[Sleep, ...]:
        """The sleeps that last."""
        ...

    def put_sleep(self, sleep: Sleep) -> None:
        """Write a sleep that begins or goes on; one that lasts is never written over by another one."""
        ...

    def end_sleep(self, sleep: Sleep, then: Sleep | None = None) -> None:
        """Write that a sleep ended, and with it, all or nothing, the one that follows."""
        ...

    def ended(self, environment: str, since: datetime) -> tuple[Sleep, ...]:
        """The sleeps that ended at or after a moment, oldest first."""
        ...
