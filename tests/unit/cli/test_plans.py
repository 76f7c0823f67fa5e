"""Plans for people."""

from typing import Any

import pytest
from builders import Deployment, bucket_opened
from cloud import Cloud
from opsplane_cli.plans import MAX_VALUE, steps_table, value, ways_back, ways_forward
from rich.console import Console


@pytest.fixture
def plan() -> Any:
    """A plan with two steps."""
    deployment = Deployment(cloud=Cloud().open_bucket())
    deployment.receive(bucket_opened())
    return deployment.action.plan


def test_the_way_back_is_reversed_in_order_and_in_values(plan: Any) -> None:
    """What was done last is undone first."""
    forward, back = ways_forward(plan), ways_back(plan)

    assert [(way.goal, way.start) for way in reversed(back)] == [(way.start, way.goal) for way in forward]
    assert [way.title for way in back] == ["Put back public access block", "Put back policy"]


def test_steps_are_numbered_with_before_and_after(plan: Any) -> None:
    """A person reads what would happen."""
    console = Console(width=80)
    with console.capture() as captured:
        console.print(steps_table(ways_forward(plan)))

    told = " ".join(captured.get().split())
    assert told.startswith("1. Take 1 public statement(s) out of the policy")
    assert "after absent 2. Switch on Block Public Access" in told


@pytest.mark.parametrize(
    ("found", "told"),
    [(None, "absent"), ("text\x1b", "text"), ({"a": 1}, '{"a": 1}'), (True, "true"), ([], "[]")],
)
def test_a_value_is_told_on_one_line(found: Any, told: str) -> None:
    """Absent, a text, or JSON."""
    assert value(found).plain == told


def test_a_long_value_is_cut_and_says_so() -> None:
    """The whole one is in `--json`."""
    shown = value("x" * 5000).plain

    assert len(shown) < MAX_VALUE + 60
    assert "5000 signs; --json shows all" in shown
