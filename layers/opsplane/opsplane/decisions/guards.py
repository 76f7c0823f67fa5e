"""Limits that belong to the engine: reasons to ask a person although the policy says enforce."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import NamedTuple

from opsplane.actions.action import Action, ActionState
from opsplane.decisions.freeze import Freeze
from opsplane.playbooks.plan import Observation, Step
from opsplane.policies.policy import Policy, PolicySet
from opsplane.signals.signal import Severity, Signal

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Objection(NamedTuple):
    """What speaks against acting at once; `severity` when it is worse than the signal itself."""

    reason: str
    severity: Severity | None = None


@dataclass(frozen=True)
class Circumstances:
    """All that a guard may look at.

    Attributes:
        signal: What happened.
        found: The resource as it is.
        steps: What would be done.
        policy: The policy that wants it done.
        policies: The whole set, for what holds everywhere.
        environment: Where the resource belongs.
        actions: What was done about the same item before.
        freeze: The freeze of the environment, if there is one.
        now: The moment.
        ticket: Takes the next number of the policy's clock hour; asked last and only when nothing else objects.
        caution: The playbook's own reason to ask, if it has one.
    """

    signal: Signal
    found: Observation
    steps: tuple[Step, ...]
    policy: Policy
    policies: PolicySet
    environment: str
    actions: tuple[Action, ...]
    freeze: Freeze | None
    now: datetime
    ticket: Callable[[str], int]
    caution: str | None = None


def objection(case: Circumstances) -> Objection | None:
    """The first guard that speaks against acting at once, or None."""
    return next((found for guard in _GUARDS if (found := guard(case))), None)


def _frozen(case: Circumstances) -> Objection | None:
    return Objection(f"{case.environment} is frozen: {case.freeze}") if case.freeze else None


def _own_hand(case: Circumstances) -> Objection | None:
    resource = case.signal.resource
    if resource.type != "AWS::IAM::Role" or not resource.id.startswith("opsplane-"):
        return None
    return Objection(f"{resource.id} is a role of opsplane itself, which this could cut off")


def _protected(case: Circumstances) -> Objection | None:
    tag = case.policies.protected_tag
    if case.found.tags.get(tag, "false").lower() == "false":
        return None
    return Objection(f"the resource carries the tag {tag}")


def _made_by_terraform(case: Circumstances) -> Objection | None:
    return made_by_terraform(case.signal, case.policies)


def made_by_terraform(signal: Signal, policies: PolicySet) -> Objection | None:
    """An objection when a role of Terraform made the change."""
    role = signal.actor.role if signal.actor else ""
    if not role or not any(fnmatchcase(role, pattern) for pattern in policies.terraform_roles):
        return None
    return Objection(f"the change was made by the Terraform role {role}: the next apply would make it again")


def _fought_over(case: Circumstances) -> Objection | None:
    """Two controllers that undo each other stop after some rounds, and a person is called."""
    rounds = case.policies.limits_of(case.policy).rounds
    wanted = {step.target for step in case.steps}
    again = sum(1 for action in _done_since(case, _DAY) if action.plan.targets & wanted)
    if again < rounds:
        return None
    text = (
        f"it was put right {again} times within a day and came back each time: somebody or something else wants it so"
    )
    return Objection(text, Severity.CRITICAL)


def _too_often(case: Circumstances) -> Objection | None:
    limits = case.policies.limits_of(case.policy)
    lately = len(_done_since(case, _HOUR))
    if lately >= limits.per_resource:
        return Objection(f"{lately} actions on {case.signal.resource.id} within an hour, the limit per resource")
    if len(case.actions) >= limits.per_item:
        return Objection(f"{len(case.actions)} actions on this item, the limit per item")
    return None


def _too_wide(case: Circumstances) -> Objection | None:
    limit = case.policies.limits_of(case.policy).steps
    if len(case.steps) <= limit:
        return None
    return Objection(f"the plan has {len(case.steps)} steps, more than the {limit} that may be made unasked")


def _cautioned(case: Circumstances) -> Objection | None:
    return Objection(case.caution) if case.caution else None


def _too_many(case: Circumstances) -> Objection | None:
    limit = case.policies.limits_of(case.policy).per_hour
    number = case.ticket(case.policy.name)
    if number <= limit:
        return None
    return Objection(f"it acted {limit} times in this hour already, the limit of policy {case.policy.name}")


_GUARDS: tuple[Callable[[Circumstances], Objection | None], ...] = (
    _frozen,
    _own_hand,
    _protected,
    _made_by_terraform,
    _fought_over,
    _too_often,
    _too_wide,
    _cautioned,
    _too_many,
)


def _done_since(case: Circumstances, period: timedelta) -> list[Action]:
    """Actions of the item that changed something and began within a period."""
    tried = {ActionState.VERIFIED, ActionState.APPLIED, ActionState.APPLYING, ActionState.PLANNED, ActionState.FAILED}
    return [each for each in case.actions if each.state in tried and each.created_at > case.now - period]


def is_own_change(signal: Signal, role_prefix: str) -> bool:
    """Whether one of our own functions made the change that the signal is about.

    A role's name says little: somebody in another account may give theirs the same one, and may reach our buckets. In
    an enrolled account our hand is the role opsplane-spoke.
    """
    actor = signal.actor
    return actor is not None and any(
        actor.role.startswith(prefix) and f"::{signal.account}:assumed-role/{prefix}" in actor.arn
        for prefix in (role_prefix, SPOKE_ROLE)
    )


SPOKE_ROLE = "opsplane-spoke"
"""The name of the role that an enrolled account has for us."""
