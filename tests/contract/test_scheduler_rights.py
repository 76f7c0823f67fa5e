"""The scheduler's role has the rights that sleep and waking use, and nothing stops or starts what has no tag."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from builders import Deployment
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.playbooks.plan import Call
from opsplane.schedules import book
from opsplane.schedules.book import Desk
from opsplane.schedules.reconcile import reconcile
from opsplane.schedules.schedule_file import understand
from sleeping_cloud import SleepingCloud, whole
from template import listed, statements

_EDGES = (datetime(2026, 11, 25, 1, tzinfo=UTC), datetime(2026, 11, 25, 13, 1, tzinfo=UTC))
_FILE = {
    "version": 1,
    "schedules": {"office": {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}]}},
    "environments": {"dev": {"schedule": "office", "cache": "scale", "cache_node_type": "cache.t4g.micro"}},
}


class Recorder(SleepingCloud):
    """The same cloud, which remembers each call as the IAM action that it needs."""

    def __init__(self) -> None:
        """Take the place of a whole environment."""
        super().__init__(**vars(whole()))
        self.add_cache("sessions")
        # Revisions are remembered for good, so that these must be new ones.
        for name, service in self.services.items():
            service["taskDefinition"] = f"rights-{name}"
        self.used: set[str] = set()

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Remember, and read."""
        self.used.add(_action(service, operation))
        return super().read(service, operation, **parameters)

    def call(self, call: Call) -> dict[str, Any]:
        """Remember, and call."""
        self.used.add(_action(call.service, call.operation))
        return super().call(call)


def _action(service: str, operation: str) -> str:
    words = "".join(word.capitalize() for word in operation.split("_"))
    return f"{service}:{words.replace('Db', 'DB')}"


@pytest.fixture(scope="module")
def used() -> set[str]:
    """The actions that a night of a whole environment needs."""
    deployment, cloud = Deployment(), Recorder()
    desk = Desk(replace(deployment.ports, api=cloud), MemoryScheduleStore())
    book.push(understand(_FILE, "test"), "", "ada", "test", desk)
    for edge in _EDGES:
        deployment.clock.at = edge
        for _ in range(6):
            reconcile("dev", desk)
            deployment.clock.advance(timedelta(minutes=5))
    return cloud.used


def rights(*sids: str) -> set[str]:
    """The actions of some of the scheduler's statements."""
    found = [each for each in statements("SchedulerFunction") if each["Sid"] in sids]
    return {action for each in found for action in listed(each["Action"])}


def test_the_scheduler_reads_what_it_may_read_and_nothing_else(used: set[str]) -> None:
    """A right that nobody uses is one too many."""
    reading = {each for each in used if each.split(":")[1].startswith(("Describe", "List"))}

    assert reading == rights("ReadEnvironments")


def test_the_scheduler_changes_what_it_may_change_and_nothing_else(used: set[str]) -> None:
    """Stops, starts, sizes and alarms; the grant is what EC2 asks of whoever starts an encrypted instance."""
    changing = {each for each in used if not each.split(":")[1].startswith(("Describe", "List"))}

    assert changing == rights("SleepAndWakeTagged", "ScalingBounds", "CacheParts", "PauseAlarms")
    assert rights("StartEncrypted") == {"kms:CreateGrant"}


def test_nothing_without_an_environment_tag_can_be_stopped_or_started() -> None:
    """The condition is IAM's, so a defect of ours cannot reach further."""
    [tagged] = [each for each in statements("SchedulerFunction") if each["Sid"] == "SleepAndWakeTagged"]

    assert tagged["Condition"] == {"Null": {"aws:ResourceTag/Environment": "false"}}
