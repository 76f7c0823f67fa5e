"""An action: a plan being carried out, with the states it may pass."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime

from opsplane.errors import IllegalTransition
from opsplane.model import Line, Model, Name
from opsplane.playbooks.plan import Plan


class ActionState(StrEnum):
    """Where an action is."""

    PLANNED = "planned"
    AWAITING_APPROVAL = "awaiting_approval"
    APPROVED = "approved"
    APPLYING = "applying"
    APPLIED = "applied"
    VERIFIED = "verified"
    REJECTED = "rejected"
    EXPIRED = "expired"
    FAILED = "failed"
    UNDOING = "undoing"
    UNDONE = "undone"


_S = ActionState
_NEXT: dict[ActionState, frozenset[ActionState]] = {
    _S.PLANNED: frozenset({_S.APPLYING, _S.FAILED}),
    _S.AWAITING_APPROVAL: frozenset({_S.APPROVED, _S.REJECTED, _S.EXPIRED}),
    _S.APPROVED: frozenset({_S.APPLYING, _S.FAILED}),
    _S.APPLYING: frozenset({_S.APPLYING, _S.APPLIED, _S.VERIFIED, _S.FAILED}),
    _S.APPLIED: frozenset({_S.VERIFIED, _S.FAILED, _S.UNDOING}),
    _S.VERIFIED: frozenset({_S.UNDOING}),
    _S.FAILED: frozenset({_S.UNDOING}),
    _S.UNDOING: frozenset({_S.UNDOING, _S.UNDONE, _S.FAILED}),
    _S.REJECTED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.UNDONE: frozenset(),
}
UNFINISHED = frozenset({_S.PLANNED, _S.AWAITING_APPROVAL, _S.APPROVED, _S.APPLYING, _S.UNDOING})
"""States from which an action still moves by itself or waits for somebody."""

LEASE = timedelta(seconds=90)
"""How long a function may work on an action before another one may take it over: above every function's time-out."""

APPROVAL_PERIOD = timedelta(hours=24)
"""How long a question to a person stands."""

OPSPLANE = "opsplane"
"""`decided_by` of an action that was meant for a time and is taken back because that is over."""

MAX_ATTEMPTS = 5
"""How often an interrupted action is taken up again before it counts as failed."""


class Action(Model):
    """One plan being carried out.

    `lease_owner` works on it until `lease_until`; `due_at` is when the sweep has to look at it (None: never);
    `version` counts its writes; `made` names the targets that earlier attempts changed before they were interrupted.
    """

    id: Name
    item_id: Name
    plan: Plan
    state: ActionState
    reason: Line
    created_at: AwareDatetime
    updated_at: AwareDatetime
    version: int = 1
    attempts: int = 0
    lease_owner: Name | None = None
    lease_until: AwareDatetime | None = None
    due_at: AwareDatetime | None = None
    decided_by: Name | None = None
    error: Line | None = None
    made: tuple[Line, ...] = ()

    @property
    def unfinished(self) -> bool:
        """Whether it still moves by itself or waits for somebody."""
        return self.state in UNFINISHED

    def move(self, state: ActionState, at: datetime, **changes: Any) -> "Action":
        """The action in another state, one version on.

        Raises:
            IllegalTransition: the states do not follow each other.
        """
        if state not in _NEXT[self.state]:
            message = f"action {self.id} is {self.state} and cannot become {state}"
            raise IllegalTransition(message)
        fields = {"lease_owner": None, "lease_until": None, "due_at": None, **changes}
        return self.model_copy(update={**fields, "state": state, "updated_at": at, "version": self.version + 1})

    def claim(self, owner: str, at: datetime) -> "Action":
        """The action with `owner` working on it, from `planned`, `approved`, `applying` or `undoing`.

        Raises:
            IllegalTransition: it is in no such state, or somebody else works on it.
        """
        if self.lease_until and self.lease_until > at and self.lease_owner != owner:
            message = f"action {self.id} is being worked on by {self.lease_owner} until {self.lease_until:%H:%M:%S}"
            raise IllegalTransition(message)
        working = ActionState.UNDOING if self.state is ActionState.UNDOING else ActionState.APPLYING
        until = at + LEASE
        return self.move(working, at, lease_owner=owner, lease_until=until, due_at=until, attempts=self.attempts + 1)


def begun(action: Action, owner: str, at: datetime) -> Action:
    """A new action that its maker works on at once: one write instead of two, and no moment at which it is nobody's."""
    return action.claim(owner, at).model_copy(update={"version": 1})


def action_id(item_id: str, ordinal: int) -> str:
    """The id of the nth action of an item, e.g. `7f3k2m9qxd.1`."""
    return f"{item_id}.{ordinal}"
