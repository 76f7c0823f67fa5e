"""What the scheduler did, written where people look."""

from datetime import UTC, datetime

from builders import Deployment
from opsplane.ledger.item import ItemState
from opsplane.schedules.journal import MAX_LINES, Journal
from opsplane.schedules.sleep import Phase
from opsplane.schedules.timeline import Rule, Wish
from opsplane.signals.signal import Severity

PHASE = Phase(state=Wish.STOPPED, rule=Rule.SCHEDULE, source="office", since=datetime(2026, 11, 22, 1, tzinfo=UTC))


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


def test_a_trouble_of_something_with_a_long_name_is_told_on_another_night_too() -> None:
    """What tells the two apart is not what a long name is cut off at."""
    deployment = Deployment()
    journal, key = Journal("dev", deployment.ports), f"alarm:{'a' * 255}"

    for night in ("night-1", "night-2"):
        journal.tell(key, "trouble", night, "it does not wake", Severity.MEDIUM)
        journal.over(key, "trouble", "it is awake now")

    assert len(deployment.notices) == 2
