"""Whatever is killed between any two calls, the next passes end in the same place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import Deployment
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.playbooks.plan import Call
from opsplane.schedules.book import Desk
from opsplane.schedules.reconcile import reconcile
from opsplane.schedules.sleep import SleepStatus
from sleeping_cloud import SleepingCloud, whole

EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 13, 1, tzinfo=UTC)


class Killed(BaseException):
    """The function is gone; no handler of ours hears of it."""


@dataclass
class Fuse:
    """Burns through before or after the call of a number."""

    at: int = 10_000
    after: bool = False
    calls: int = 0

    def around(self, do: Callable[..., Any], *words: Any) -> Any:
        """Count a call, and be killed at the right one."""
        self.calls += 1
        if self.calls == self.at and not self.after:
            raise Killed
        answer = do(*words)
        if self.calls == self.at:
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


@dataclass
class World:
    """A whole environment and its scheduler, with one fuse for both."""

    fuse: Fuse = field(default_factory=Fuse)
    deployment: Deployment = field(default_factory=Deployment)

    def __post_init__(self) -> None:
        """Put it together."""
        self.cloud = FusedCloud(**vars(whole()))
        self.cloud.fuse = self.fuse
        self.store = FusedStore(fuse=self.fuse)
        self.desk = Desk(replace(self.deployment.ports, api=self.cloud, function="scheduler"), self.store)

    def go(self, at: datetime, passes: int = 8) -> None:
        """Let the sweep come every five minutes, and be killed once if the fuse burns through."""
        self.deployment.clock.at = at
        for _ in range(passes):
            try:
                reconcile("dev", self.desk)
            except Killed:
                self.fuse.at = 10_000
            self.deployment.clock.advance(timedelta(minutes=5))


def night() -> tuple[World, int, int]:
    """A night without a crash, and how many calls its evening and its morning take."""
    world = World()
    world.go(EVENING)
    evening = world.fuse.calls
    world.go(MORNING)
    return world, evening, world.fuse.calls


_, EVENING_CALLS, ALL_CALLS = night()


def crashes() -> Iterator[Any]:
    """Every place in which a night can be killed."""
    for number in range(1, ALL_CALLS + 1):
        for after in (False, True):
            when = "evening" if number <= EVENING_CALLS else "morning"
            yield pytest.param(number, after, id=f"{when}-{'after' if after else 'before'}-call-{number}")


@pytest.mark.parametrize(("number", "after"), list(crashes()))
def test_a_night_that_is_killed_anywhere_ends_as_one_that_is_not(number: int, after: bool) -> None:  # noqa: FBT001
    """Asleep is asleep, and awake is what was before: sizes, bounds, alarms."""
    world, whole_night = World(Fuse(number, after)), World()
    before = world.cloud.picture()

    world.go(EVENING)
    whole_night.go(EVENING)
    assert world.cloud.picture() == whole_night.cloud.picture() != before
    assert {key: sleep.saved for key, sleep in world.store.lasting.items()} == {
        key: sleep.saved for key, sleep in whole_night.store.lasting.items()
    }

    world.go(MORNING)
    assert world.cloud.picture() == before
    assert world.store.lasting == {}


def test_there_are_many_places_to_be_killed_in() -> None:
    """Otherwise the test above proves little."""
    assert EVENING_CALLS > 40
    assert ALL_CALLS - EVENING_CALLS > 40


def test_a_look_that_is_killed_in_the_middle_of_a_quiet_night_is_followed_by_the_next_sweep() -> None:
    """An event had it look; that nothing is due is what the look before had found."""
    world = World()
    world.go(EVENING)
    world.cloud.databases["orders"]["DBInstanceStatus"] = "available"
    world.fuse.at = world.fuse.calls + 2
    world.go(EVENING + timedelta(hours=1), passes=1)

    assert world.store.heads["dev"].quiet_until is None
    assert reconcile("dev", world.desk, forced=False).state == "stopped"
    assert world.store.lasting["dev", "rds:orders"].status is SleepStatus.KEPT
