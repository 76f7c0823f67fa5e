"""Applies, verifies and undoes a plan; live state decides at every step."""

from dataclasses import replace
from typing import Any

import pytest
from opsplane.actions import engine
from opsplane.errors import PermanentError, ResourceNotFound, StateConflict
from opsplane.playbooks.root_usage import PLAYBOOK
from opsplane.playbooks.plan import Api, Call, Observation, Plan, Step
from opsplane.playbooks.playbook import Playbook
from opsplane.signals.signal import Resource

RESOURCE = Resource(type="Test::Shelf", id="shelf", account="000000000000", region="us-east-1")


class Shelf:
    """Implements Api for a resource that is a dictionary: `put` sets a key, `take` removes one."""

    def __init__(self, **state: Any) -> None:
        """What lies on the shelf."""
        self.state = state
        self.calls: list[str] = []
        self.stale = 0

    def call(self, call: Call) -> dict[str, Any]:
        """Put or take."""
        self.calls.append(f"{call.operation} {call.parameters}")
        if call.operation == "take":
            del self.state[call.parameters["key"]]
        else:
            self.state |= call.parameters
        return {}

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Not needed: the playbook below looks at the shelf itself."""
        raise NotImplementedError(service, operation, parameters)


def playbook(shelf: Shelf) -> Playbook:
    """A playbook that sees the shelf, a few looks late when it is stale."""
    before = dict(shelf.state)

    def observe(_: Api, __: Resource) -> Observation:
        shelf.stale -= 1
        return Observation(state=before if shelf.stale >= 0 else dict(shelf.state))

    return replace(PLAYBOOK, observe=observe)


def put(key: str, before: Any, after: Any) -> Step:
    """A step from one value to another, both ways."""

    def to(value: Any) -> tuple[Call, ...]:
        if value is None:
            return (Call(service="test", operation="take", parameters={"key": key}),)
        return (Call(service="test", operation="put", parameters={key: value}),)

    return Step(target=key, summary=key, before=before, after=after, apply=to(after), undo=to(before))


def plan(*steps: Step) -> Plan:
    """A plan for the shelf."""
    return Plan(playbook="p", resource=RESOURCE, steps=steps, evidence={})


def apply(shelf: Shelf, made: Plan, *, backward: bool = False) -> list[str]:
    """Apply or undo, and return the lines of the trail."""
    lines: list[str] = []
    changes = engine.backward(made) if backward else engine.forward(made)
    engine.apply(changes, made, playbook(shelf), shelf, lines.append)
    return lines


def test_steps_are_made_in_order_and_undone_in_reverse() -> None:
    """What was done last is taken back first."""
    shelf = Shelf(a=1)
    made = plan(put("a", 1, None), put("b", None, 2))

    apply(shelf, made)
    there = dict(shelf.state)
    apply(shelf, made, backward=True)

    assert (there, shelf.state) == ({"b": 2}, {"a": 1})
    assert shelf.calls == ["take {'key': 'a'}", "put {'b': 2}", "take {'key': 'b'}", "put {'a': 1}"]


def test_what_is_already_so_is_passed_over() -> None:
    """Repeating an apply makes no call."""
    shelf = Shelf(a=2)

    lines = apply(shelf, plan(put("a", 1, 2)))

    assert (lines, shelf.calls) == (["a: already so"], [])


def test_what_somebody_else_changed_is_not_overwritten() -> None:
    """Neither before nor after: stop, and leave it as it is."""
    shelf = Shelf(a=3)

    with pytest.raises(StateConflict, match="a of shelf was changed by somebody else since the plan was made"):
        apply(shelf, plan(put("a", 1, 2)))

    assert shelf.state == {"a": 3}


def test_a_conflict_stops_the_steps_behind_it() -> None:
    """A plan of which one part does not hold any more is not half made beyond that point."""
    shelf = Shelf(a=3, b=1)

    with pytest.raises(StateConflict):
        apply(shelf, plan(put("a", 1, 2), put("b", 1, 2)))

    assert shelf.state == {"a": 3, "b": 1}


@pytest.mark.parametrize(("value", "raises"), [(1, True), (2, False)])
def test_a_refusal_counts_unless_the_goal_is_reached(value: int, *, raises: bool) -> None:
    """AWS refuses to do again what somebody did a moment ago; that is no failure."""
    shelf = Shelf(a=1)
    book = playbook(shelf)

    class Refusing(Shelf):
        def call(self, call: Call) -> dict[str, Any]:
            shelf.state["a"] = value
            text = f"test {call.operation}: Duplicate"
            raise PermanentError(text)

    made, lines = plan(put("a", 1, 2)), list[str]()
    if raises:
        with pytest.raises(PermanentError):
            engine.apply(engine.forward(made), made, book, Refusing(), lines.append)
    else:
        engine.apply(engine.forward(made), made, book, Refusing(), lines.append)

    assert len(lines) == (0 if raises else 1)


def test_verifying_waits_while_aws_answers_with_the_past() -> None:
    """Reads may be a moment late; we look again, a little later each time."""
    shelf = Shelf(a=1)
    made, slept = plan(put("a", 1, 2)), list[float]()
    book = playbook(shelf)
    shelf.state["a"], shelf.stale = 2, 2

    missed = engine.verify(engine.forward(made), made, book, shelf, slept.append)

    assert (missed, slept) == ((), [0.2, 0.5])


def test_verifying_names_what_is_not_as_it_should_be() -> None:
    """After four looks it is not so."""
    shelf, slept = Shelf(a=1, b=2), list[float]()
    made = plan(put("a", 1, 2), put("b", 1, 2))

    missed = engine.verify(engine.forward(made), made, playbook(shelf), shelf, slept.append)

    assert (missed, slept) == (("a",), [0.2, 0.5, 1.0])


def test_a_resource_that_is_gone_has_none_of_its_targets() -> None:
    """What was to be taken away is away."""

    def gone(_: Api, __: Resource) -> Observation:
        text = "no such shelf"
        raise ResourceNotFound(text)

    made, lines = plan(put("a", 1, None)), list[str]()
    book = replace(PLAYBOOK, observe=gone)

    engine.apply(engine.forward(made), made, book, Shelf(), lines.append)

    assert lines == ["a: already so"]
    assert engine.verify(engine.forward(made), made, book, Shelf(), [].append) == ()
