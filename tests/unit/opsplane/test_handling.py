"""What people do with items."""

from itertools import pairwise
from typing import Any

import pytest
from builders import Deployment, guardduty
from hypothesis import given
from hypothesis import strategies as st
from opsplane import handling
from opsplane.errors import IllegalTransition, UnknownRecord
from opsplane.ledger.item import NEXT_STATES, Item, ItemState
from opsplane.ports import Ports
from opsplane.signals.signal import Severity


def told() -> Deployment:
    """A deployment with an open item, critical."""
    deployment = Deployment()
    deployment.receive(guardduty())
    return deployment


def noted() -> Deployment:
    """A deployment with an open item of medium severity."""
    deployment = Deployment()
    deployment.receive(guardduty(5))
    return deployment


def test_acknowledging_ends_the_waiting() -> None:
    """Somebody has it in hand: nobody is asked again."""
    deployment = told()
    assert deployment.item.due_at is not None

    item = handling.acknowledge(deployment.item.id, "bob", deployment.ports)

    assert (item.state, item.due_at) == (ItemState.ACKNOWLEDGED, None)
    assert deployment.ledger.entries(item.id)[-1].by == "bob"


def test_what_is_critical_wants_its_root_cause() -> None:
    """Said now, or written down before."""
    deployment = told()
    item = deployment.item.id

    with pytest.raises(IllegalTransition, match=r"is critical: say what its root cause was"):
        handling.close(item, "bob", deployment.ports)
    handling.review(item, "bob", deployment.ports, root_cause="a leaked key")
    closed = handling.close(item, "bob", deployment.ports, "for good")

    assert (closed.state, closed.root_cause) == (ItemState.CLOSED, "a leaked key")


def test_what_is_medium_is_closed_as_it_is() -> None:
    """Not everything deserves a report."""
    deployment = noted()

    assert handling.close(deployment.item.id, "bob", deployment.ports).state is ItemState.CLOSED


def test_the_same_trouble_again_opens_a_closed_item_and_is_awaited_anew() -> None:
    """What was learned stays with it; how often nobody answered begins at none."""
    deployment = told()
    handling.close(deployment.item.id, "bob", deployment.ports, root_cause="a leaked key")

    deployment.receive(guardduty(id="event-2"))

    item = deployment.item
    assert (item.state, item.signals, item.root_cause, item.escalations) == (ItemState.OPEN, 2, "a leaked key", 0)
    assert item.due_at is not None


def test_a_person_opens_an_item_again_once() -> None:
    """With the reason in its trail."""
    deployment = noted()
    item = deployment.item.id
    handling.close(item, "bob", deployment.ports)

    assert handling.reopen(item, "bob", deployment.ports, "it came back").state is ItemState.OPEN
    with pytest.raises(IllegalTransition, match="open already"):
        handling.reopen(item, "bob", deployment.ports)
    assert deployment.trail[-1] == "reopened: it came back"


def test_a_comment_is_a_line_of_the_trail() -> None:
    """On one line, whatever is pasted into it."""
    deployment = told()

    handling.comment(deployment.item.id, "bob", "asked\nthe data team", deployment.ports)

    assert deployment.trail[-1] == "asked the data team"


def test_a_review_changes_what_it_names() -> None:
    """An empty text takes a field back, and the trail tells both."""
    deployment = told()
    item = deployment.item.id
    handling.review(item, "bob", deployment.ports, root_cause="a guess", impact="none")

    reviewed = handling.review(item, "eve", deployment.ports, root_cause="", follow_up="scan commits")

    assert (reviewed.root_cause, reviewed.impact, reviewed.follow_up) == ("", "none", "scan commits")
    assert deployment.trail[-1] == "root cause: (taken back); follow up: scan commits"


def test_a_review_that_says_nothing_is_refused() -> None:
    """Nothing is written."""
    deployment = told()

    with pytest.raises(IllegalTransition, match="nothing is said"):
        handling.review(deployment.item.id, "bob", deployment.ports)


def test_an_item_that_nobody_knows_says_so() -> None:
    """For each command alike."""
    ports = Deployment().ports

    for command in COMMANDS.values():
        with pytest.raises(UnknownRecord):
            command("nobody", ports)


COMMANDS: dict[str, Any] = {
    "acknowledge": lambda item, ports: handling.acknowledge(item, "bob", ports),
    "close": lambda item, ports: handling.close(item, "bob", ports, root_cause="x"),
    "reopen": lambda item, ports: handling.reopen(item, "bob", ports),
    "comment": lambda item, ports: handling.comment(item, "bob", "x", ports),
    "review": lambda item, ports: handling.review(item, "bob", ports, impact="x"),
}


def _try(name: str, deployment: Deployment, item: str, ports: Ports) -> None:
    if name == "signal":
        deployment.receive(guardduty(id=f"event-{len(deployment.ledger.known)}"))
        return
    try:
        COMMANDS[name](item, ports)
    except IllegalTransition:
        # The table forbids it in this state; that is an answer.
        return


@given(st.lists(st.sampled_from([*COMMANDS, "signal"]), max_size=12))
def test_no_order_of_commands_and_signals_leaves_the_table(names: list[str]) -> None:
    """Each state follows the one before by the one table; only what is open is awaited."""
    deployment = told()
    item, seen = deployment.item.id, [ItemState.OPEN]

    for name in names:
        _try(name, deployment, item, deployment.ports)
        seen.append(deployment.item.state)
        assert deployment.item.due_at is None or deployment.item.state is ItemState.OPEN

    assert all(after is before or after in NEXT_STATES[before] for before, after in pairwise(seen))


@pytest.mark.parametrize("state", ItemState)
def test_a_state_that_does_not_follow_is_refused(state: ItemState) -> None:
    """The table is asked by whoever moves an item."""
    item: Item = told().item.model_copy(update={"state": state, "severity": Severity.LOW})

    for goal in ItemState:
        if goal is state or goal in NEXT_STATES[state]:
            assert item.move(goal, item.updated_at).state is goal
        else:
            with pytest.raises(IllegalTransition, match=f"is {state} and cannot become {goal}"):
                item.move(goal, item.updated_at)
