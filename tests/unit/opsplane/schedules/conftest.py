"""An environment that sleeps, and its scheduler."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import Deployment
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.schedules import book
from opsplane.schedules.book import Desk
from opsplane.schedules.reconcile import Report, reconcile
from opsplane.schedules.schedule_file import understand
from sleeping_cloud import SleepingCloud, whole

EVENING = datetime(2026, 11, 25, 1, tzinfo=UTC)
"""Tuesday, 20:00 in New York."""


@dataclass
class Night:
    """An environment and its scheduler; the clock is moved by looks."""

    cloud: SleepingCloud = field(default_factory=SleepingCloud)
    deployment: Deployment = field(default_factory=Deployment)
    store: MemoryScheduleStore = field(default_factory=MemoryScheduleStore)

    @property
    def desk(self) -> Desk:
        """The scheduler's desk."""
        return Desk(replace(self.deployment.ports, api=self.cloud, function="scheduler"), self.store)

    def schedule(self, **changes: Any) -> None:
        """Have dev follow office hours in New York, with changes of the schedule."""
        periods = [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]
        schedules = {"office": {"periods": periods, **changes}, "always": {"always": "running"}}
        document = {"version": 1, "schedules": schedules, "environments": {"dev": {"schedule": "office"}}}
        book.push(understand(document, "test"), "", "ada", "test", self.desk)

    def look(self, hours: float | None = None, passes: int = 6, starts: dict[str, str] | None = None) -> Report:
        """Look some times, minutes apart, from some hours after the evening's edge on; else from now on."""
        if hours is not None:
            self.deployment.clock.at = EVENING + timedelta(hours=hours)
        for _ in range(passes):
            report = reconcile("dev", self.desk, starts=starts)
            self.deployment.clock.advance(timedelta(minutes=5))
        return report

    def told(self, words: str) -> list[str]:
        """Headlines of notices with some words in them."""
        return [each for each in self.deployment.notices if words in each]


@pytest.fixture
def night() -> Night:
    """A whole environment, looked at by day."""
    made = Night(whole())
    made.look(-2, passes=1)
    return made
