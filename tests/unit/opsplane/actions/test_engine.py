"""Applies, verifies and undoes a plan; live state decides at every step."""

from dataclasses import replace
from typing import Any

import pytest
from opsplane.actions import engine
from opsplane.errors import PermanentError, ResourceNotFound, StateConflict
from opsplane.playbooks.plan import Api, Call, Observation, Plan, Step, live
from opsplane.playbooks.playbook import Playbook
from opsplane.playbooks.root_usage import PLAYBOOK
from opsplane.signals.signal import Resource, Subject

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

    def observe(_: Api, __: Subject) -> Observation:
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
    engine.apply(changes, made, playbook(shelf), shelf, lambda done: lines.append(str(done)))
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

    def gone(_: Api, __: Subject) -> Observation:
        text = "no such shelf"
        raise ResourceNotFound(text)

    made, lines = plan(put("a", 1, None)), list[str]()
    book = replace(PLAYBOOK, observe=gone)

    engine.apply(engine.forward(made), made, book, Shelf(), lambda done: lines.append(str(done)))

    assert lines == ["a: already so"]
    assert engine.verify(engine.forward(made), made, book, Shelf(), [].append) == ()


def test_what_only_live_aws_knows_is_filled_in_at_the_moment_of_the_call() -> None:
    """A step may use the id of what the step before it made: live state is read again for it."""
    shelf = Shelf()
    made = plan(put("box", None, "b-1"), put("lid", None, "x"))
    fit = Call(service="test", operation="put", parameters={"lid": "x", "on": [live("box id")]})
    made = made.model_copy(update={"steps": (made.steps[0], made.steps[1].model_copy(update={"apply": (fit,)}))})

    def observe(_: Api, __: Subject) -> Observation:
        handles = {"box id": shelf.state["box"]} if "box" in shelf.state else {}
        return Observation(
            state={key: shelf.state[key] for key in ("box", "lid") if key in shelf.state}, handles=handles
        )

    engine.apply(engine.forward(made), made, replace(PLAYBOOK, observe=observe), shelf, lambda _: None)

    assert shelf.state == {"box": "b-1", "lid": "x", "on": ["b-1"]}


def test_a_call_that_needs_what_live_aws_does_not_know_is_not_made() -> None:
    """The message names it."""
    shelf = Shelf()
    take = Call(service="test", operation="put", parameters={"lid": live("box id")})
    made = plan(put("lid", None, "x").model_copy(update={"apply": (take,)}))

    with pytest.raises(StateConflict, match="live AWS does not know 'box id'"):
        apply(shelf, made)

    assert shelf.calls == []


def test_undo_leaves_out_what_cannot_be_undone() -> None:
    """Evidence is kept, and a stopped task does not come back."""
    shelf = Shelf(a=1)
    made = plan(put("copy", None, 1).model_copy(update={"final": "evidence is kept"}), put("a", 1, None))

    apply(shelf, made)
    apply(shelf, made, backward=True)

    assert shelf.state == {"a": 1, "copy": 1}


def test_live_state_is_read_once_for_steps_that_do_not_depend_on_each_other() -> None:
    """A group with a hundred open rules is not read a hundred times."""
    shelf = Shelf()
    looks: list[int] = []

    def observe(_: Api, __: Subject) -> Observation:
        looks.append(1)
        return Observation(state=dict(shelf.state))

    made = plan(*(put(f"k{number}", None, number) for number in range(10)))
    engine.apply(engine.forward(made), made, replace(PLAYBOOK, observe=observe), shelf, lambda _: None)

    assert (len(looks), len(shelf.calls)) == (1, 10)


def test_live_state_that_was_read_some_seconds_ago_is_read_again_before_the_next_step() -> None:
    """What somebody changed while the first steps were made is not overwritten by the last one."""
    shelf = Shelf(a=1, b=1)
    times = iter([0.0, 3.0, 3.0, 6.0])

    def hear(_: Any) -> None:
        shelf.state["b"] = 7

    made = plan(put("a", 1, 2), put("b", 1, 2))
    book = replace(PLAYBOOK, observe=lambda _, __: Observation(state=dict(shelf.state)))

    with pytest.raises(StateConflict, match="b of shelf was changed"):
        engine.apply(engine.forward(made), made, book, shelf, hear, clock=lambda: next(times))

    assert shelf.state == {"a": 2, "b": 7}


def test_what_a_step_made_is_waited_for_until_live_aws_knows_it() -> None:
    """EC2 may not list a new security group for a second; the step that uses it must not give up."""
    shelf, slept = Shelf(), list[float]()
    fit = Call(service="test", operation="put", parameters={"lid": "x", "on": [live("box id")]})
    made = plan(put("lid", None, "x").model_copy(update={"apply": (fit,)}))

    def observe(_: Api, __: Subject) -> Observation:
        handles: dict[str, Any] = {"box id": "b-1"} if len(slept) > 1 else {}
        return Observation(state=dict(shelf.state), handles=handles)

    book = replace(PLAYBOOK, observe=observe)
    engine.apply(engine.forward(made), made, book, shelf, lambda _: None, sleep=slept.append)

    assert (shelf.state["on"], slept) == (["b-1"], [0.2, 0.5])


def test_a_step_that_was_refused_midway_says_what_it_had_made() -> None:
    """The group was made, its rules could not be taken out."""
    shelf = Shelf()
    whole = (
        Call(service="test", operation="put", parameters={"part": 1}),
        Call(service="test", operation="put", parameters={"a": live("answer.GroupId")}),
    )
    made = plan(put("a", None, 2).model_copy(update={"apply": whole}))

    with pytest.raises(StateConflict, match=r"made before it in the same step: put\)"):
        apply(shelf, made)


def test_what_somebody_else_did_a_moment_ago_does_not_count_as_made_by_us() -> None:
    """It must not be rolled back with what we made."""
    shelf, heard = Shelf(a=1), list[engine.Done]()

    class Refusing(Shelf):
        def call(self, call: Call) -> dict[str, Any]:
            shelf.state["a"] = 2
            text = f"test {call.operation}: Duplicate"
            raise PermanentError(text)

    made = plan(put("a", 1, 2))
    engine.apply(engine.forward(made), made, playbook(shelf), Refusing(), heard.append)

    assert [done.made for done in heard] == [False]
