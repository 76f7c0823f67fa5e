"""Whatever a pass is killed at, people hear what they would have heard, once, and no story stays open."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from builders import Deployment
from fuses import Killed
from opsplane.adapters.memory.ledger import MemoryLedger
from opsplane.errors import AccessDenied
from opsplane.ledger.entry import NOTICE_REQUESTED
from opsplane.ledger.item import ItemState
from opsplane.playbooks.plan import Call
from opsplane.schedules.sleep import SleepStatus
from sleeping_cloud import whole
from sleeping_fuses import Fuse, FusedCloud, FusedStore

from .conftest import Night


@dataclass
class FusedLedger(MemoryLedger):
    """A ledger whose writes the fuse hears."""

    fuse: Fuse = field(default_factory=Fuse)

    def write(self, change: Any) -> None:
        """Write a change."""
        self.fuse.around(super().write, change)


@dataclass
class World:
    """An environment, its scheduler and its ledger, with one fuse for all of them."""

    fuse: Fuse

    def __post_init__(self) -> None:
        """Put it together, by day."""
        cloud = FusedCloud(**vars(whole()))
        self.night = Night(cloud, Deployment(ledger=FusedLedger(fuse=self.fuse)), FusedStore(fuse=self.fuse))
        cloud.fuse = Fuse()
        self.go(-2, passes=1)
        cloud.fuse = self.fuse
        self.fuse.calls = 0

    def go(self, hours: float, passes: int = 8, starts: dict[str, str] | None = None) -> None:
        """Let the sweep come every five minutes; the one that is killed is followed by the next."""
        for number in range(passes):
            try:
                self.night.look(hours + number / 12, passes=1, starts=starts)
            except Killed:
                continue

    @property
    def heard(self) -> list[str]:
        """What people were told, and what the outbox still holds for them; less the money, which a later pass saves."""
        deployment = self.night.deployment
        messages = [*deployment.sent(NOTICE_REQUESTED), *deployment.ledger.outbox.values()]
        return sorted({each.id: each.detail["headline"].partition(", which saves")[0] for each in messages}.values())

    @property
    def open(self) -> list[str]:
        """Titles of the stories that did not end."""
        done = {ItemState.CLOSED, ItemState.RESOLVED}
        return [each.title for each in self.night.deployment.ledger.items.values() if each.state not in done]


def quiet(world: World) -> None:
    """A night in which nothing happens."""
    world.go(0)
    world.go(12.1)


def started(world: World) -> None:
    """A night in which somebody starts a service."""
    world.go(0)
    world.night.cloud.services["web"].update(desiredCount=1, runningCount=1)
    world.go(2, starts={"ecs:app/web": "alice"})
    assert world.night.cloud.picture()["bounds"] == {"service/app/web": (2, 6)}
    assert world.night.store.lasting["dev", "ecs:app/web"].status is SleepStatus.KEPT
    world.go(12.1)


def troubled(world: World) -> None:
    """A morning in which AWS refuses a database at first."""
    world.go(0)

    def refuse(call: Call) -> None:
        if call.operation == "start_db_instance":
            message = "rds start_db_instance: AccessDenied"
            raise AccessDenied(message)

    world.night.cloud.before = refuse
    world.go(12.1, passes=4)
    world.night.cloud.before = None
    world.go(12.5)


NIGHTS = {each.__name__: each for each in (quiet, started, troubled)}


@cache
def spared(name: str) -> World:
    """A night in which nothing is killed."""
    world = World(Fuse())
    NIGHTS[name](world)
    return world


def crashes() -> Iterator[Any]:
    """Every place in which each of the nights can be killed: after each call; before it is after the one before."""
    for name in NIGHTS:
        for number in range(1, spared(name).fuse.calls + 1):
            yield pytest.param(name, number, id=f"{name}-after-call-{number}")


@pytest.mark.parametrize(("name", "number"), list(crashes()))
def test_a_night_that_is_killed_anywhere_is_told_as_one_that_is_not(name: str, number: int) -> None:
    """Every edge, every start and every trouble, once and under the same headline; and every one of them ends."""
    killed = World(Fuse(number, after=True))
    NIGHTS[name](killed)

    assert killed.heard == spared(name).heard
    assert (killed.open, spared(name).open) == ([], [])
    assert killed.night.cloud.picture() == spared(name).night.cloud.picture()


def test_there_are_many_places_to_be_killed_in() -> None:
    """Otherwise the test above proves little."""
    assert all(spared(name).fuse.calls > 80 for name in NIGHTS)
