"""The work of one action: evidence first, then apply, verify, and put back what failed."""

from dataclasses import replace
from typing import Any

import pytest
from builders import NOW
from cloud import ACCOUNT
from opsplane.actions.action import Action, ActionState
from opsplane.adapters.memory.case_files import MemoryCaseFiles
from opsplane.errors import AccessDenied, PermanentError
from opsplane.playbooks.plan import EVIDENCE, Api, Call, Observation, Plan, Step
from opsplane.playbooks.playbook import Playbook
from opsplane.playbooks.root_usage import PLAYBOOK
from opsplane.signals.signal import Resource, Subject
from opsplane.work import Work

RESOURCE = Resource(type="Test::Shelf", id="shelf", account=ACCOUNT, region="us-east-1")


class Shelf:
    """Implements Api for a resource that is a dictionary; keys in `denied` may not be set."""

    def __init__(self, *denied: str, **state: Any) -> None:
        self.state = state
        self.denied = set(denied)

    def call(self, call: Call) -> dict[str, Any]:
        """Set a key."""
        if denied := self.denied & call.parameters.keys():
            text = f"put: AccessDenied: {denied}"
            raise AccessDenied(text)
        self.state |= call.parameters
        return {}

    def read(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        """Not needed."""
        raise NotImplementedError(service, operation, parameters)


def step(key: str, final: str = "") -> Step:
    """A step from 0 to 1."""
    to = {value: (Call(service="test", operation="put", parameters={key: value}),) for value in (0, 1)}
    return Step(target=key, summary=key, before=0, after=1, apply=to[1], undo=() if final else to[0], final=final)


def work(shelf: Shelf, *steps: Step, state: ActionState = ActionState.APPLYING, **changes: Any) -> Work:
    """The work of a plan on a shelf."""

    def observe(_: Api, __: Subject) -> Observation:
        return Observation(state=dict(shelf.state), evidence={"seen": dict(shelf.state)})

    book: Playbook = replace(PLAYBOOK, observe=observe, **changes)
    plan = Plan(playbook="p", resource=RESOURCE, steps=steps, evidence={"event": {"id": "event-1"}})
    action = Action(id="x.1", item_id="x", plan=plan, state=state, reason="r", created_at=NOW, updated_at=NOW)
    return Work(action, book, shelf, MemoryCaseFiles().keep)


def fail(job: Work) -> str:
    """Carry it, expect it to be refused, and roll back; what the record says."""
    with pytest.raises(PermanentError):
        job.carry(lambda _: None)
    return job.roll_back()


def test_what_was_made_before_a_refusal_is_put_back() -> None:
    """AccessDenied on the second of three steps: the first is undone, the third never made."""
    shelf = Shelf("b", a=0, b=0, c=0)

    told = fail(work(shelf, step("a"), step("b"), step("c")))

    assert told == "; put back: a"
    assert shelf.state == {"a": 0, "b": 0, "c": 0}


def test_what_cannot_be_put_back_is_named() -> None:
    """A stopped task stays stopped."""
    shelf = Shelf("b", task=0, a=0, b=0)

    told = fail(work(shelf, step("task", final="it does not come back"), step("a"), step("b")))

    assert told == "; put back: a; cannot be put back: task"
    assert shelf.state == {"task": 1, "a": 0, "b": 0}


def test_steps_that_make_it_safer_each_by_itself_stay() -> None:
    """A bucket whose policy was closed is not opened again because its ACL could not be changed."""
    shelf = Shelf("b", a=0, b=0)

    told = fail(work(shelf, step("a"), step("b"), rolls_back=False))

    assert told == "; done and left so, since each step makes it safer: a"
    assert shelf.state == {"a": 1, "b": 0}


def test_a_step_that_is_refused_does_not_keep_the_others_from_making_it_safer() -> None:
    """An instance that may not leave its scaling group is still cut off from the network; both is told."""
    shelf = Shelf("b", a=0, b=0, c=0)

    told = fail(work(shelf, step("a"), step("b"), step("c"), rolls_back=False))

    assert told == "; done and left so, since each step makes it safer: a, c"
    assert shelf.state == {"a": 1, "b": 0, "c": 1}


def test_each_refusal_is_told() -> None:
    """A person has to know all that is left."""
    job = work(Shelf("a", "c", a=0, b=0, c=0), step("a"), step("b"), step("c"), rolls_back=False)

    with pytest.raises(PermanentError, match=r"AccessDenied: {'a'}; put: AccessDenied: {'c'}"):
        job.carry(lambda _: None)


def test_without_its_evidence_nothing_is_changed() -> None:
    """A snapshot that is refused stops what would come after it."""
    shelf = Shelf("disk", disk=0, a=0)

    assert fail(work(shelf, step("disk", final=EVIDENCE), step("a"), rolls_back=False)) == ""
    assert shelf.state == {"disk": 0, "a": 0}


def test_an_undo_stops_at_what_is_refused() -> None:
    """Its order matters: Block Public Access goes first, else S3 refuses the policy."""
    shelf = Shelf("b", a=1, b=1)

    fail(work(shelf, step("a"), step("b"), state=ActionState.UNDOING, rolls_back=False))

    assert shelf.state == {"a": 1, "b": 1}


def test_a_roll_back_that_is_refused_is_told() -> None:
    """Then a person has to know what is half done."""
    shelf = Shelf("b", a=0, b=0)
    job = work(shelf, step("a"), step("b"))
    with pytest.raises(PermanentError):
        job.carry(lambda _: None)
    shelf.denied.add("a")

    told = job.roll_back()

    assert told.startswith("; done: a; it could not be put back: put: AccessDenied")


def test_nothing_made_is_nothing_to_put_back() -> None:
    """The first step was refused."""
    assert fail(work(Shelf("a", a=0), step("a"))) == ""


def test_an_undo_that_fails_is_not_rolled_back() -> None:
    """It would do again what a person wants undone."""
    shelf = Shelf("a", a=1, b=1)

    told = fail(work(shelf, step("a"), step("b"), state=ActionState.UNDOING))

    assert told == ""
    assert shelf.state == {"a": 1, "b": 0}


def test_a_containment_keeps_its_case_file_first() -> None:
    """Plan, fresh evidence and the event, before anything is changed; the trail has place and digest."""
    shelf = Shelf(a=0)
    job = work(shelf, step("a"), contains=True)
    files = MemoryCaseFiles()
    job.keep = files.keep

    job.carry(lambda _: None)

    content = files.kept["x.1"]
    assert content["observed"] == {"seen": {"a": 0}}
    assert content["plan"]["evidence"] == {"event": {"id": "event-1"}}
    assert job.lines[0].startswith("case file memory:x.1, ")


def test_a_containment_whose_evidence_cannot_be_kept_changes_nothing() -> None:
    """Evidence that is lost is lost for good; the attack can still be answered by hand."""
    shelf = Shelf(a=0)
    job = work(shelf, step("a"), contains=True)

    def refuse(*_: Any) -> Any:
        text = "put object: AccessDenied"
        raise AccessDenied(text)

    job.keep = refuse

    with pytest.raises(AccessDenied):
        job.carry(lambda _: None)

    assert (shelf.state, job.roll_back()) == ({"a": 0}, "")


def taken_up(shelf: Shelf, *steps: Step, made: tuple[str, ...], **changes: Any) -> Work:
    """The second attempt of an action whose first one was interrupted after it had made some steps."""
    job = work(shelf, *steps, **changes)
    job.action = job.action.model_copy(update={"attempts": 2, "made": made})
    return job


def test_what_an_interrupted_attempt_made_is_put_back_by_the_one_that_fails() -> None:
    """Throttled after the first step, refused at the second when it was taken up again."""
    shelf = Shelf("b", a=1, b=0)

    told = fail(taken_up(shelf, step("a"), step("b"), made=("a",)))

    assert told == "; put back: a"
    assert shelf.state == {"a": 0, "b": 0}


def test_what_may_have_been_made_by_somebody_else_is_left_and_named() -> None:
    """An attempt that was cut off could not write down what it made; to put it back might undo somebody's work."""
    shelf = Shelf("b", a=1, b=0)

    told = fail(taken_up(shelf, step("a"), step("b"), made=()))

    assert told == "; found so when it was taken up again, and left: a"
    assert shelf.state == {"a": 1, "b": 0}


def test_what_was_made_is_known_across_attempts() -> None:
    """In the plan's order, each once: the record carries it on."""
    shelf = Shelf(a=1, b=0)
    job = taken_up(shelf, step("a"), step("b"), made=("a",))

    job.carry(lambda _: None)

    assert job.made == ("a", "b")
