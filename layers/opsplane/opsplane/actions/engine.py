"""Applies, verifies and undoes a plan. Live state decides at every step, so that repeating is safe.

It is read before the first step, again when that was some seconds ago, and again for a step that needs what only live
AWS knows. A target that already has the wanted value is passed over, one that still has the value from before is
changed, and any other value means that somebody else changed it meanwhile: then we stop.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, NamedTuple

from opsplane.errors import PermanentError, ResourceNotFound, StateConflict
from opsplane.model import Json
from opsplane.playbooks.plan import LIVE, Api, Call, Observation, Plan, Step
from opsplane.playbooks.playbook import Playbook
from opsplane.signals.signal import Subject

_PAUSES = (0.2, 0.5, 1.0)
"""Seconds between reads while AWS may still answer with the state of a moment ago."""

_FRESH = 2.0
"""Seconds for which live state counts as read just now: a group with a hundred rules is not read a hundred times."""


def _no_pause(_: float) -> None:
    """Where nobody may wait."""


class Change(NamedTuple):
    """One way of a step: from a value to a value by calls."""

    step: Step
    start: Json
    goal: Json
    calls: tuple[Call, ...]


class Done(NamedTuple):
    """One change that was looked at: `made` when we made it just now, not when live state had it already."""

    change: Change
    made: bool

    def __str__(self) -> str:
        """The line that the trail gets."""
        calls = ", ".join(call.operation for call in self.change.calls) or "to be seen"
        what = calls if self.made else "already so"
        return f"{self.change.step.target}: {what}"


def forward(plan: Plan) -> tuple[Change, ...]:
    """The plan's steps in order."""
    return tuple(Change(step, step.before, step.after, step.apply) for step in plan.steps)


def backward(plan: Plan) -> tuple[Change, ...]:
    """The plan's steps undone, last one first; those that cannot be undone are left out."""
    return tuple(back(step) for step in reversed(plan.steps) if not step.final)


def back(step: Step) -> Change:
    """The way back of one step."""
    return Change(step, step.after, step.before, step.undo)


def apply(  # noqa: PLR0913 - what a plan is applied with
    changes: tuple[Change, ...],
    plan: Plan,
    playbook: Playbook,
    api: Api,
    done: Callable[[Done], None],
    *,
    go_on: bool = False,
    sleep: Callable[[float], None] = _no_pause,
    clock: Callable[[], float] = monotonic,
    seen: tuple[Observation | None, float] = (None, 0.0),
) -> None:
    """Make each change that live state still wants; `done` hears of each.

    `seen` is live state as somebody read it, and when by the clock: it counts for as long as a reading of our own.

    With `go_on` a change that AWS refuses does not keep those behind it from being made, unless it is evidence: then
    nothing may be changed without it.

    Raises:
        StateConflict: a target has neither its start nor its goal value.
        PermanentError: AWS refused a call, or several. TemporaryError: AWS could not be asked just now.
    """
    found, read_at = seen
    refused: list[PermanentError] = []
    for change in changes:
        try:
            if found is None or _needed(change) or clock() - read_at > _FRESH:
                found = _look_for(change, plan, playbook, api, sleep)
                read_at = clock()
            done(_bring(change, found, plan, playbook, api))
        except PermanentError as error:
            overtaken = isinstance(error, StateConflict) and not refused
            if not go_on or overtaken or change.step.is_evidence:
                raise
            refused.append(error)
            found = None
    if refused:
        raise refused[0] if len(refused) == 1 else PermanentError("; ".join(str(error) for error in refused))


def _bring(change: Change, found: Observation, plan: Plan, playbook: Playbook, api: Api) -> Done:
    """Bring one target to its goal, unless it is there."""
    value = found.state.get(change.step.target)
    if value == change.goal:
        return Done(change, made=False)
    if value != change.start:
        message = f"{change.step.target} of {plan.resource.id} was changed by somebody else since the plan was made"
        raise StateConflict(message)
    try:
        _make(change.calls, found, api)
    except PermanentError:
        # AWS also refuses to do what somebody else did a moment ago; then all is as it should be.
        if look(plan, playbook, api).state.get(change.step.target) != change.goal:
            raise
        return Done(change, made=False)
    return Done(change, made=True)


def _look_for(change: Change, plan: Plan, playbook: Playbook, api: Api, sleep: Callable[[float], None]) -> Observation:
    """Live state; read again while it does not know yet what a call needs, e.g. what the step before has made."""
    found = look(plan, playbook, api)
    for pause in _PAUSES:
        if not _needed(change) - found.handles.keys() or found.state.get(change.step.target) == change.goal:
            break
        sleep(pause)
        found = look(plan, playbook, api)
    return found


def _make(calls: tuple[Call, ...], found: Observation, api: Api) -> None:
    """Make the calls of one step; what one answers is a handle for the next, e.g. `live("answer.GroupId")`.

    Raises:
        PermanentError: a call was refused; the message names those of the step that were made before it.
    """
    handles, made = dict(found.handles), list[str]()
    for call in calls:
        try:
            answer = api.call(_filled(call, handles))
        except PermanentError as error:
            if not made:
                raise
            message = f"{error} (made before it in the same step: {', '.join(made)})"
            raise type(error)(message) from error
        made.append(call.operation)
        handles |= {f"{_ANSWER}{key}": value for key, value in answer.items()}


def verify(
    changes: tuple[Change, ...], plan: Plan, playbook: Playbook, api: Api, sleep: Callable[[float], None]
) -> tuple[str, ...]:
    """Read live state again and name every target that has not reached its goal; empty means verified."""
    missed: tuple[str, ...] = ()
    for pause in (*_PAUSES, 0.0):
        state = look(plan, playbook, api).state
        missed = tuple(c.step.target for c in changes if state.get(c.step.target) != c.goal)
        if not missed or not pause:
            break
        sleep(pause)
    return missed


def observe(plan: Plan, playbook: Playbook, api: Api) -> Observation:
    """The plan's subject as it is now, with all that an investigation might want."""
    return _unless_gone(playbook.observe, plan, api)


def look(plan: Plan, playbook: Playbook, api: Api) -> Observation:
    """State and handles of the plan's subject as they are now, in as few calls as the playbook can."""
    return _unless_gone(playbook.look or playbook.observe, plan, api)


def _unless_gone(read: Callable[[Api, Subject], Observation], plan: Plan, api: Api) -> Observation:
    """What is read; a subject that was deleted meanwhile has none of its targets any more."""
    try:
        return read(api, plan.subject)
    except ResourceNotFound:
        return Observation(exists=False)


_ANSWER = "answer."
"""How handles begin that are no part of live state but of an answer within the same step."""


def _needed(change: Change) -> frozenset[str]:
    """The handles that the calls of a change want of live state."""
    named = frozenset[str]().union(*(_handles(call.parameters) for call in change.calls))
    return frozenset(name for name in named if not name.startswith(_ANSWER))


def _handles(value: Any) -> frozenset[str]:
    if isinstance(value, dict):
        if value.keys() == {LIVE}:
            return frozenset({str(value[LIVE])})
        return frozenset[str]().union(*(_handles(inner) for inner in value.values()))
    return frozenset[str]().union(*(_handles(inner) for inner in value)) if isinstance(value, list) else frozenset()


def _filled(call: Call, handles: dict[str, Json]) -> Call:
    """The call with every `live` parameter as live AWS has it."""
    return (
        call.model_copy(update={"parameters": _fill(call.parameters, handles)}) if _handles(call.parameters) else call
    )


def _fill(value: Any, handles: dict[str, Json]) -> Any:
    if isinstance(value, dict):
        if value.keys() != {LIVE}:
            return {key: _fill(inner, handles) for key, inner in value.items()}
        if value[LIVE] not in handles:
            message = f"live AWS does not know {value[LIVE]!r}, which the next call needs"
            raise StateConflict(message)
        return handles[value[LIVE]]
    return [_fill(inner, handles) for inner in value] if isinstance(value, list) else value
