"""Whatever is killed between any two calls, the next passes end in the same place."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import Deployment
from fuses import Killed
from opsplane.schedules.book import Desk
from opsplane.schedules.reconcile import reconcile
from opsplane.schedules.sleep import SleepStatus
from sleeping_cloud import whole
from sleeping_fuses import Fuse, FusedCloud, FusedStore

EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 13, 1, tzinfo=UTC)


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
                self.fuse.at = 0
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
