"""What wakes the scheduler."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import Deployment, settings
from opsplane.errors import AccessDenied, ServiceUnavailable
from opsplane.ledger.item import ItemState
from opsplane.ports import Ports
from opsplane.schedules import wake

SAMPLES = Path(__file__).parents[4] / "events/schedule"
EVENING = datetime(2026, 11, 24, 1, tzinfo=UTC)
DOWN = json.loads((SAMPLES / "environment-down.json").read_text())
UP = json.loads((SAMPLES / "environment-up.json").read_text())


@pytest.fixture
def deployment() -> Deployment:
    """A deployment on a Monday evening."""
    made = Deployment()
    made.clock.at = EVENING
    return made


@pytest.fixture
def ports(deployment: Deployment, account: Any) -> Ports:
    """The scheduler's ports to an account with one instance in dev."""
    account.add_instance("i-1")
    return replace(deployment.ports, api=account, function="scheduler")


def test_the_evening_edge_is_one_item_that_says_what_would_be_stopped(deployment: Deployment, ports: Ports) -> None:
    """People are told, nothing is changed, and nobody has to close anything."""
    record = wake.answer(DOWN, ports)

    assert record["outcome"] == "tell"
    assert deployment.item.title.startswith("observe: would stop 1 EC2 instance of dev, asleep for 12.0 hours")
    assert (deployment.item.state, deployment.item.environment) == (ItemState.CLOSED, "dev")
    assert deployment.notices == [f"Attention: {deployment.item.title}"]
    assert "dry run: EC2 instance i-1" in deployment.trail


def test_an_edge_that_is_delivered_again_is_told_once(deployment: Deployment, ports: Ports) -> None:
    """EventBridge Scheduler delivers at least once."""
    first = wake.answer(DOWN, ports)
    deployment.clock.advance(timedelta(minutes=3))

    assert wake.answer(DOWN, ports) == first
    assert len(deployment.notices) == 1


def test_an_edge_whose_first_delivery_broke_off_is_closed_by_the_next(deployment: Deployment, ports: Ports) -> None:
    """The item must not stay open because the function died in between."""
    wake.answer(DOWN, ports)
    opened = deployment.item.model_copy(update={"state": ItemState.OPEN})
    deployment.ledger.items[opened.id] = opened

    wake.answer(DOWN, ports)

    assert deployment.item.state is ItemState.CLOSED


def test_each_edge_and_day_is_an_item_of_its_own(deployment: Deployment, ports: Ports, account: Any) -> None:
    """Monday's evening, Tuesday's morning, Tuesday's evening."""
    account.add_instance("i-2", "stopped")
    wake.answer(DOWN, ports)
    deployment.clock.advance(timedelta(hours=12))
    wake.answer(UP, ports)
    deployment.clock.advance(timedelta(hours=12))
    wake.answer(DOWN, ports)

    assert len(deployment.ledger.items) == 3


def test_nothing_to_do_disturbs_nobody(deployment: Deployment, ports: Ports) -> None:
    """The record says why, and a later delivery looks again."""
    record = wake.answer(UP, ports)

    assert (record["outcome"], deployment.ledger.items, deployment.notices) == ("ignore", {}, [])
    assert record["reason"].startswith("nothing to do: observe: would start nothing of dev")


def test_an_environment_that_is_always_on_is_not_even_looked_at(ports: Ports, account: Any) -> None:
    """Its schedule has no edges."""
    record = wake.answer({**DOWN, "environment": "prod"}, ports)

    assert (record["reason"], account.asked) == ("prod is always on: its schedule has no edges", [])


def test_the_sweep_answers_with_what_it_did(ports: Ports) -> None:
    """A quiet one did nothing."""
    assert wake.answer({"kind": "sweep"}, ports) == {
        "published": [],
        "requested": [],
        "expired": [],
        "lapsed": [],
        "escalated": [],
    }


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"kind": "party"},
        {"kind": "edge", "edge": "sideways", "environment": "dev"},
        {**DOWN, "environment": "../x"},
    ],
)
def test_an_event_that_nobody_knows_is_kept(deployment: Deployment, ports: Ports, event: dict[str, Any]) -> None:
    """Whole, with the reason beside it."""
    record = wake.answer(event, ports)

    assert record["outcome"] == "refuse"
    assert deployment.queue.kept[0][0] == event


def test_a_missing_right_is_recorded(deployment: Deployment, ports: Ports, account: Any) -> None:
    """Trying again would give the same answer."""
    account.fault = AccessDenied("ec2 describe_instances: UnauthorizedOperation")

    record = wake.answer(DOWN, ports)

    assert (record["outcome"], "UnauthorizedOperation" in record["reason"]) == ("refuse", True)
    assert len(deployment.queue.kept) == 1


def test_throttling_brings_the_edge_back(ports: Ports, account: Any) -> None:
    """AWS delivers again."""
    account.fault = ServiceUnavailable("throttled")

    with pytest.raises(ServiceUnavailable):
        wake.answer(DOWN, ports)


def test_a_zone_that_does_not_exist_is_recorded_with_its_name(deployment: Deployment, account: Any) -> None:
    """The reason says which variable to set."""
    ports = replace(deployment.ports, api=account, settings=settings(schedule_timezone="Mars/Olympus"))

    record = wake.answer(DOWN, ports)

    assert "OPSPLANE_SCHEDULE_TIMEZONE: 'Mars/Olympus'" in record["reason"]
