"""What the scheduler did, written where people look."""

from datetime import UTC, datetime

import pytest
from builders import Deployment
from opsplane.ledger.item import ItemState
from opsplane.schedules.journal import MAX_LINES, Journal
from opsplane.schedules.sleep import Phase
from opsplane.schedules.timeline import Rule, Wish
from opsplane.signals.signal import Severity

PHASE = Phase(state=Wish.STOPPED, rule=Rule.SCHEDULE, source="office", since=datetime(2026, 11, 22, 1, tzinfo=UTC))


@pytest.fixture
def deployment() -> Deployment:
    """One opsplane in memory."""
    return Deployment()


@pytest.fixture
def journal(deployment: Deployment) -> Journal:
    """Writes about dev."""
    return Journal("dev", deployment.ports)


def test_an_edge_begins_once() -> None:
    """A crash after the item was written finds it."""
    deployment = Deployment()
    journal = Journal("dev", deployment.ports)

    first = journal.begin("office", PHASE, "dev goes to sleep", {})
    second = journal.begin("office", PHASE, "dev goes to sleep", {})

    assert first == second == deployment.item.id
    assert deployment.notices == ["dev goes to sleep"]


def test_many_lines_are_cut_to_what_one_write_takes() -> None:
    """And say how many there were."""
    deployment = Deployment()
    journal = Journal("dev", deployment.ports)
    item = journal.begin("office", PHASE, "dev goes to sleep", {})

    journal.add(item, [f"line {number}" for number in range(MAX_LINES + 7)], close=True)

    assert deployment.trail[-1] == "and 7 lines more"
    assert deployment.item.state is ItemState.CLOSED


def test_a_trouble_is_told_once_and_over_when_it_is_over() -> None:
    """Its item is that of the workload."""
    deployment = Deployment()
    journal = Journal("dev", deployment.ports)
    for _ in range(2):
        journal.tell("rds:orders", "trouble", "night-1", "orders does not wake", Severity.MEDIUM)

    journal.over("rds:orders", "trouble", "orders is awake now")

    told = list(deployment.notices)
    [over] = [each.state for each in deployment.ledger.items.values()]
    journal.tell("rds:orders", "trouble", "night-2", "orders does not wake", Severity.MEDIUM)

    assert told == ["Attention: orders does not wake"]
    assert len(deployment.notices) == 2
    assert (deployment.item.resource.type, deployment.item.resource.id) == ("AWS::RDS::DBInstance", "orders")
    assert (over, deployment.item.state) == (ItemState.RESOLVED, ItemState.OPEN)


def test_an_end_is_told_once_whoever_died_after_it(journal: Journal, deployment: Deployment) -> None:
    """The next pass ends the story again, which is over."""
    item = journal.begin("office", PHASE, "dev wakes", {})
    for _ in range(2):
        journal.add(item, [], close=True, tell="dev is awake")

    assert deployment.notices == ["dev wakes", "dev is awake"]


def test_an_edge_that_a_pass_did_not_live_to_hand_on_is_found(journal: Journal) -> None:
    """Until it is closed; one that never began is not."""
    before = journal.going("office", PHASE)
    item = journal.begin("office", PHASE, "dev goes to sleep", {})
    during = journal.going("office", PHASE)
    journal.add(item, [], close=True)

    assert (before, during, journal.going("office", PHASE)) == ("", item, "")


def test_what_is_only_told_has_an_item_of_its_own(journal: Journal) -> None:
    """When it is done after all, that is another story."""
    held = journal.begin("office", PHASE, "dev goes to sleep: not done", {}, held=True)

    assert journal.going("office", PHASE) == ""
    assert journal.begin("office", PHASE, "dev goes to sleep", {}) != held


def test_the_end_of_a_trouble_that_nobody_had_is_told_to_nobody(journal: Journal, deployment: Deployment) -> None:
    """A pass may end it twice."""
    journal.over("rds:orders", "trouble", "orders is awake now")

    assert (deployment.notices, deployment.ledger.items) == ([], {})


def test_a_trouble_of_something_with_a_long_name_is_told_on_another_night_too() -> None:
    """What tells the two apart is not what a long name is cut off at."""
    deployment = Deployment()
    journal, key = Journal("dev", deployment.ports), f"alarm:{'a' * 255}"

    for night in ("night-1", "night-2"):
        journal.tell(key, "trouble", night, "it does not wake", Severity.MEDIUM)
        journal.over(key, "trouble", "it is awake now")

    assert len(deployment.notices) == 2
