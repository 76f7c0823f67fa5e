"""The scheduler, as Lambda calls it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from builders import Deployment
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.schedules.book import Desk
from sleeping_cloud import SleepingCloud


def desk(deployment: Deployment) -> Desk:
    """A scheduler's desk in an empty account."""
    return Desk(replace(deployment.ports, api=SleepingCloud()), MemoryScheduleStore())


def test_the_sample_sweep_is_answered(handler: Callable[[str], Any], context: Any, sample: Any) -> None:
    """It says what it swept, and of which environments something was due."""
    answer = handler("scheduler")(sample("schedule/sweep.json"), context, desk=desk(Deployment()))

    assert (answer["published"], answer["escalated"]) == ([], [])
    assert [each["environment"] for each in answer["environments"]] == ["dev", "staging", "prod"]


def test_an_event_that_nobody_knows_is_answered_with_the_reason(handler: Callable[[str], Any], context: Any) -> None:
    """And kept."""
    deployment = Deployment()

    answer = handler("scheduler")({"kind": "party"}, context, desk=desk(deployment))

    assert answer["outcome"] == "refuse"
    assert len(deployment.queue.kept) == 1
