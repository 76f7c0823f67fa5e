"""Applies, verifies and undoes a plan. Live state decides at every step, so that repeating is safe.

A target that already has the wanted value is passed over, one that still has the value from before is changed, and
any other value means that somebody else changed it meanwhile: then we stop.
"""

from collections.abc import Callable
from typing import NamedTuple

from opsplane.errors import PermanentError, ResourceNotFound, StateConflict
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Plan, Step
from opsplane.playbooks.playbook import Playbook

_VERIFY_PAUSES = (0.2, 0.5, 1.0)
"""Seconds between reads while AWS may still answer with the state of a moment ago."""


class Change(NamedTuple):
    """One way of a step: from a value to a value by calls."""

    step: Step
    start: Json
    goal: Json
    calls: tuple[Call, ...]


def forward(plan: Plan) -> tuple[Change, ...]:
    """The plan's steps in order."""
    return tuple(Change(step, step.before, step.after, step.apply) for step in plan.steps)


def backward(plan: Plan) -> tuple[Change, ...]:
    """The plan's steps undone, last one first."""
    return tuple(Change(step, step.after, step.before, step.undo) for step in reversed(plan.steps))


def apply(changes: tuple[Change, ...], plan: Plan, playbook: Playbook, api: Api, done: Callable[[str], None]) -> None:
    """Make each change that live state still wants; `done` hears one line for each.

    Raises:
        StateConflict: a target has neither its start nor its goal value.
        PermanentError: AWS refused a call. TemporaryError: AWS could not be asked just now.
    """
    for change in changes:
        live = _state(plan, playbook, api).get(change.step.target)
        if same(live, change.goal):
            done(f"{change.step.target}: already so")
            continue
        if not same(live, change.start):
            message = f"{change.step.target} of {plan.resource.id} was changed by somebody else since the plan was made"
            raise StateConflict(message)
        try:
            for call in change.calls:
                api.call(call)
        except PermanentError:
            # AWS also refuses to do what somebody else did a moment ago; then all is as it should be.
            if not same(_state(plan, playbook, api).get(change.step.target), change.goal):
                raise
        done(f"{change.step.target}: {', '.join(call.operation for call in change.calls)}")


def verify(
    changes: tuple[Change, ...], plan: Plan, playbook: Playbook, api: Api, sleep: Callable[[float], None]
) -> tuple[str, ...]:
    """Read live state again and name every target that has not reached its goal; empty means verified."""
    missed: tuple[str, ...] = ()
    for pause in (*_VERIFY_PAUSES, 0.0):
        state = _state(plan, playbook, api)
        missed = tuple(c.step.target for c in changes if not same(state.get(c.step.target), c.goal))
        if not missed or not pause:
            break
        sleep(pause)
    return missed


def _state(plan: Plan, playbook: Playbook, api: Api) -> dict[str, Json]:
    try:
        return playbook.observe(api, plan.resource).state
    except ResourceNotFound:
        # A resource that was deleted meanwhile has none of its targets any more.
        return {}


def same(one: Json, other: Json) -> bool:
    """Equality by meaning: absent and None are the same."""
    return one == other
