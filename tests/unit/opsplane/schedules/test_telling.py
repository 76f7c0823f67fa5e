"""Who is told what about a pass."""

from opsplane.ledger.item import ItemState

from .conftest import Night


def test_an_edge_is_one_item_from_its_first_move_to_its_last(night: Night) -> None:
    """With a line for each thing that was done, and closed when nothing is left to do."""
    night.look(0, passes=1)
    [going] = night.deployment.ledger.items.values()
    night.look()
    [asleep] = night.deployment.ledger.items.values()

    assert (going.state, asleep.state) == (ItemState.OPEN, ItemState.CLOSED)
    assert "stopping ECS service app/web (was desired 3, min 2, max 6)" in night.deployment.trail
    assert "RDS instance orders is asleep" in night.deployment.trail


def test_people_hear_of_sleep_when_it_begins_and_of_waking_when_it_is_done(night: Night) -> None:
    """What it saves is in the first, and that they can work in the last."""
    night.look(0)
    night.look(12.1)

    down, up, awake = night.deployment.notices
    assert down.startswith(
        "dev goes to sleep until Wed 25 Nov 08:00 EST: 2 ECS services (4 tasks), 1 Auto Scaling group"
    )
    assert "which saves $" in down
    assert up.endswith("awake until Wed 25 Nov 20:00 EST")
    assert awake == "dev is awake"


def test_a_night_in_which_nothing_runs_is_told_to_nobody() -> None:
    """No item, no notice."""
    night = Night()
    night.look(0)

    assert (night.deployment.ledger.items, night.deployment.notices) == ({}, [])


def test_an_edge_that_is_overtaken_is_closed_with_the_reason(night: Night) -> None:
    """A function that was away all night."""
    night.cloud.slow = True
    night.look(0, passes=1)
    night.cloud.settle()
    night.look(12.1, passes=1)

    assert "the schedule wants something else by now" in [each.text for each in night.deployment.ledger.trail.values()]
