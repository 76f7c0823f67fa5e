"""What the scheduler keeps, in memory: the same promises, for tests and dry runs."""

from dataclasses import dataclass, field
from datetime import datetime

from opsplane.errors import LedgerConflict
from opsplane.schedules.sleep import Head, Sleep
from opsplane.schedules.store import Exceptions, Kept, Pushed


@dataclass
class MemoryScheduleStore:
    """Implements `opsplane.schedules.store.ScheduleStore`; `asked` counts the calls, by their names."""

    files: list[Pushed] = field(default_factory=list)
    exceptions: dict[str, Exceptions] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    lasting: dict[tuple[str, str], Sleep] = field(default_factory=dict)
    over: list[Sleep] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def read(self) -> Kept:
        """The file in force, all overrides and all heads."""
        self.asked.append("read")
        return Kept(self.files[-1] if self.files else None, dict(self.exceptions), dict(self.heads))

    def pushes(self) -> tuple[Pushed, ...]:
        """All files, newest first."""
        return tuple(reversed(self.files))

    def push(self, pushed: Pushed) -> None:
        """Put a file in force."""
        _expect(pushed.version == len(self.files) + 1, pushed.name)
        self.files.append(pushed)

    def put_exceptions(self, environment: str, exceptions: Exceptions) -> None:
        """Write the overrides of an environment."""
        stored = self.exceptions.get(environment, Exceptions())
        _expect(exceptions.version == stored.version + 1, f"the overrides of {environment}")
        self.exceptions[environment] = exceptions

    def put_head(self, head: Head) -> None:
        """Write an environment."""
        self.asked.append("put_head")
        stored = self.heads.get(head.environment)
        _expect(head.version == (stored.version if stored else 0) + 1, f"environment {head.environment}")
        self.heads[head.environment] = head

    def sleeps(self, environment: str) -> tuple[Sleep, ...]:
        """The sleeps that last."""
        self.asked.append("sleeps")
        return tuple(sleep for (place, _), sleep in sorted(self.lasting.items()) if place == environment)

    def put_sleep(self, sleep: Sleep) -> None:
        """Write a sleep that begins or goes on."""
        self._check(sleep)
        self.lasting[sleep.environment, sleep.key] = sleep

    def end_sleep(self, sleep: Sleep, then: Sleep | None = None) -> None:
        """Write that a sleep ended, and the one that follows."""
        self._check(sleep)
        del self.lasting[sleep.environment, sleep.key]
        self.over.append(sleep)
        if then:
            self.lasting[then.environment, then.key] = then

    def ended(self, environment: str, since: datetime) -> tuple[Sleep, ...]:
        """The sleeps that ended at or after a moment."""
        mine = [each for each in self.over if each.environment == environment]
        found = [each for each in mine if each.ended_at and each.ended_at >= since]
        return tuple(sorted(found, key=lambda each: (each.ended_at, each.key)))

    def _check(self, sleep: Sleep) -> None:
        stored = self.lasting.get((sleep.environment, sleep.key))
        _expect(sleep.version == (stored.version if stored else 0) + 1, f"the sleep of {sleep.key}")


def _expect(met: bool, what: str) -> None:  # noqa: FBT001 - the condition itself
    if not met:
        text = f"{what} was written by somebody else"
        raise LedgerConflict(text)
