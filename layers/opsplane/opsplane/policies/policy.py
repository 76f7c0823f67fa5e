"""A policy: which signals, in which environment, get which playbook in which mode."""

from enum import StrEnum
from fnmatch import fnmatchcase

from pydantic import Field

from opsplane.model import Json, Line, Model, Name
from opsplane.signals.signal import Kind, Severity, Signal


class Mode(StrEnum):
    """How far a policy may go on its own."""

    OBSERVE = "observe"
    APPROVE = "approve"
    ENFORCE = "enforce"


class Match(Model):
    """Which signals a policy is about; every field that is given must fit."""

    kinds: tuple[Kind, ...]
    severity_at_least: Severity = Severity.INFO
    sources: tuple[Name, ...] = ()

    def refusal(self, signal: Signal) -> str | None:
        """Why the signal does not fit, or None when it does."""
        if signal.kind not in self.kinds:
            return f"kind {signal.kind} is not one of {', '.join(self.kinds)}"
        if signal.severity.rank < self.severity_at_least.rank:
            return f"severity {signal.severity} is below {self.severity_at_least}"
        if self.sources and not any(fnmatchcase(signal.source, pattern) for pattern in self.sources):
            return f"source {signal.source} is not one of {', '.join(self.sources)}"
        return None


class Policy(Model):
    """One rule.

    `mode` maps an environment, or `default`, to how far it may go there; `severity` overrides the signal's.
    """

    name: Name
    description: Line
    match: Match
    playbook: Name | None = None
    mode: dict[Name, Mode]
    severity: Severity | None = None
    tell: bool = True
    parameters: dict[str, Json] = Field(default_factory=dict)

    def mode_in(self, environment: str) -> Mode:
        """The mode in an environment; `observe` where the policy names neither it nor a default."""
        return self.mode.get(environment, self.mode.get("default", Mode.OBSERVE))


class PolicySet(Model):
    """All policies, first match wins, and what holds for all of them.

    `terraform_roles` are patterns of role names whose changes are asked about rather than fought: the next apply would
    only make them again. A resource that carries `protected_tag` (any value but `false`) is always asked about.
    """

    version: int = Field(ge=1, le=1)
    terraform_roles: tuple[Name, ...] = ()
    protected_tag: Name = "opsplane:protected"
    policies: tuple[Policy, ...]

    def find(self, signal: Signal) -> Policy | None:
        """The first policy that the signal fits, or None."""
        return next((policy for policy in self.policies if policy.match.refusal(signal) is None), None)
