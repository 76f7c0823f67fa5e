"""Bad luck for whoever puts environments to sleep: each write and AWS call can be the last thing that happens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fuses import Killed
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.playbooks.plan import Call
from sleeping_cloud import SleepingCloud


@dataclass
class Fuse:
    """Burns through once, before or after the call of a number (from 1; 0: never)."""

    at: int = 0
    after: bool = False
    calls: int = 0

    def around(self, do: Callable[..., Any], *words: Any) -> Any:
        """Count a call, and be killed at the right one."""
        self.calls += 1
        burns = self.calls == self.at
        if burns and not self.after:
            raise Killed
        answer = do(*words)
        if burns:
            raise Killed
        return answer


@dataclass
class FusedStore(MemoryScheduleStore):
    """A store whose writes the fuse hears."""

    fuse: Fuse = field(default_factory=Fuse)

    def put_head(self, head: Any) -> None:
        """Write an environment."""
        self.fuse.around(super().put_head, head)

    def put_sleep(self, sleep: Any) -> None:
        """Write a sleep."""
        self.fuse.around(super().put_sleep, sleep)

    def end_sleep(self, sleep: Any, then: Any = None) -> None:
        """End a sleep."""
        self.fuse.around(super().end_sleep, sleep, then)


class FusedCloud(SleepingCloud):
    """A cloud whose calls the fuse hears."""

    fuse: Fuse

    def call(self, call: Call) -> dict[str, Any]:
        """Make one changing call."""
        answer: dict[str, Any] = self.fuse.around(super().call, call)
        return answer
