"""Policies as they go over HTTP."""

from typing import Any, Self

from opsplane.policies.policy import Mode, Policy, PolicySet
from opsplane.signals.signal import Kind, Severity
from pydantic import BaseModel, Field


class PolicyView(BaseModel):
    """One rule: which signals, in which environment, get which playbook in which mode."""

    name: str
    description: str
    kinds: list[Kind]
    severity_at_least: Severity
    sources: list[str] = Field(description="Patterns of event sources; empty means any.")
    playbook: str | None
    mode: dict[str, Mode] = Field(description="By environment; `default` holds for those that are not named.")
    severity: Severity | None = Field(description="The severity that its items get, when it is not the signal's.")
    tell: bool
    parameters: dict[str, Any]

    @classmethod
    def of(cls, policy: Policy) -> Self:
        """The policy as it goes out."""
        return cls(
            name=policy.name,
            description=policy.description,
            kinds=list(policy.match.kinds),
            severity_at_least=policy.match.severity_at_least,
            sources=list(policy.match.sources),
            playbook=policy.playbook,
            mode=policy.mode,
            severity=policy.severity,
            tell=policy.tell,
            parameters=policy.parameters,
        )


class PolicyList(BaseModel):
    """All policies in order: the first one that fits a signal decides."""

    policies: list[PolicyView]
    terraform_roles: list[str] = Field(description="Changes of roles with such names are asked about, not fought.")
    protected_tag: str = Field(description="Resources with this tag are never changed without a person's consent.")

    @classmethod
    def of(cls, policies: PolicySet) -> Self:
        """The policies as they go out."""
        return cls(
            policies=[PolicyView.of(policy) for policy in policies.policies],
            terraform_roles=list(policies.terraform_roles),
            protected_tag=policies.protected_tag,
        )
