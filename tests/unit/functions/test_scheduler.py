"""The scheduler, as Lambda calls it."""

from collections.abc import Callable
from typing import Any

from builders import Deployment


def test_the_sample_sweep_is_answered(handler: Callable[[str], Any], context: Any, sample: Any) -> None:
    """A quiet sweep did nothing."""
    answer = handler("scheduler")(sample("schedule/sweep.json"), context, ports=Deployment().ports)

    assert answer == {"published": [], "requested": [], "expired": [], "lapsed": [], "escalated": []}


def test_an_event_that_nobody_knows_is_answered_with_the_reason(handler: Callable[[str], Any], context: Any) -> None:
    """And kept."""
    deployment = Deployment()

    answer = handler("scheduler")({"kind": "party"}, context, ports=deployment.ports)

    assert answer["outcome"] == "refuse"
    assert len(deployment.queue.kept) == 1
