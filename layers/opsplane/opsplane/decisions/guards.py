"""Limits that belong to the engine: reasons to ask a person although the policy says enforce."""

from fnmatch import fnmatchcase

from opsplane.playbooks.plan import Observation
from opsplane.policies.policy import PolicySet
from opsplane.signals.signal import Signal


def reason_to_ask(signal: Signal, found: Observation, policies: PolicySet) -> str | None:
    """The first guard that speaks against acting at once, or None."""
    if found.tags.get(policies.protected_tag, "false").lower() != "false":
        return f"the resource carries the tag {policies.protected_tag}"
    role = signal.actor.role if signal.actor else ""
    if role and any(fnmatchcase(role, pattern) for pattern in policies.terraform_roles):
        return f"the change was made by the Terraform role {role}: the next apply would make it again"
    return None


def is_own_change(signal: Signal, role_prefix: str) -> bool:
    """Whether one of our own functions made the change that the signal is about.

    A role's name says little: somebody in another account may give theirs the same one, and may reach our buckets.
    """
    actor = signal.actor
    ours = f"::{signal.account}:assumed-role/{role_prefix}"
    return actor is not None and actor.role.startswith(role_prefix) and ours in actor.arn
