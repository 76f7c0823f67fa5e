"""The remediator, as Lambda calls it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from builders import Deployment, group_opened
from cloud import Cloud, rule


def test_an_opened_group_is_closed_and_the_answer_says_so(handler: Callable[[str], Any], context: Any) -> None:
    """One record for each signal, as plain JSON."""
    deployment = Deployment(Cloud().open_group(rule(22)))

    [answer] = handler("remediator")(group_opened(), context, ports=deployment.ports)

    assert answer["outcome"] == "act"
    assert json.loads(json.dumps(answer)) == answer
    assert deployment.cloud.rules() == []


@pytest.mark.parametrize("name", ["missing-fields", "wrong-types", "unknown-source", "foreign-account"])
def test_a_broken_sample_is_kept_and_crashes_nothing(
    name: str, handler: Callable[[str], Any], context: Any, sample: Any
) -> None:
    """The event waits whole in the queue, with its reason."""
    deployment, event = Deployment(), sample(f"broken/{name}.json")

    [answer] = handler("remediator")(event, context, ports=deployment.ports)

    assert answer["outcome"] == "refuse"
    assert deployment.queue.kept == [(event, answer["reason"])]
