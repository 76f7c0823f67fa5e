"""A policy file: a whole set, or changes laid over the shipped one."""

from typing import Annotated, Literal

from pydantic import Field, ValidationError

from opsplane.errors import InvalidPolicy
from opsplane.model import Json, Line, Model, Name
from opsplane.playbooks import NAMES
from opsplane.policies.policy import Exemption, Limits, Match, Mode, Policy, PolicySet, ResponseTimes
from opsplane.signals.signal import Severity


class PolicyChange(Model):
    """What is different about a shipped policy. `mode` and `parameters` are laid over its own, the rest replaces it."""

    description: Line | None = None
    match: Match | None = None
    mode: dict[Name, Mode] | None = None
    severity: Severity | None = None
    tell: bool | None = None
    limits: Limits | None = None
    exceptions: tuple[Exemption, ...] | None = None
    route: tuple[Literal["slack", "pagerduty"], ...] | None = None
    four_eyes: bool | None = None
    parameters: dict[str, Json] | None = None


class PolicyFile(Model):
    """A policy file.

    With `base: shipped` it is laid over the policies that opsplane ships with: `changes` names some of them and what is
    different, `disabled` leaves some out, and `policies` are asked before them. Without, it is the whole set. What
    holds for all policies is that of the base where the file does not say.
    """

    version: int = Field(ge=1, le=1)
    base: Literal["none", "shipped"] = "none"
    terraform_roles: tuple[Name, ...] | None = None
    protected_tag: Name | None = None
    stale_after_hours: Annotated[int, Field(ge=0, le=8760)] | None = None
    four_eyes: tuple[Name, ...] | None = None
    response: ResponseTimes | None = None
    limits: Limits | None = None
    policies: tuple[Policy, ...] = ()
    changes: dict[Name, PolicyChange] = Field(default_factory=dict)
    disabled: tuple[Name, ...] = ()


def understand(document: object, origin: str) -> PolicyFile:
    """A document, as YAML or JSON gave it, as a policy file; `origin` names it in messages.

    Raises:
        InvalidPolicy: naming each field that is wrong.
    """
    try:
        return PolicyFile.model_validate(document)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        message = f"{origin} is not a policy set: {faults}"
        raise InvalidPolicy(message) from error


def resolve(file: PolicyFile, shipped: PolicySet, origin: str) -> PolicySet:
    """The set that a file means; `origin` names it in messages.

    Raises:
        InvalidPolicy: a name is used twice, or is nobody's; a playbook does not exist.
    """
    over = file.base == "shipped"
    base = shipped if over else PolicySet(version=file.version, policies=())
    _check_names(file, base, origin)
    kept = (policy for policy in base.policies if policy.name not in file.disabled)
    changed = (_changed(policy, file.changes.get(policy.name)) for policy in kept)
    whole = ("terraform_roles", "protected_tag", "stale_after_hours", "four_eyes", "response", "limits")
    said = {name: value for name in whole if (value := getattr(file, name)) is not None}
    return base.model_copy(update={**said, "policies": (*file.policies, *changed)})


def _check_names(file: PolicyFile, base: PolicySet, origin: str) -> None:
    known = {policy.name for policy in base.policies}
    own = [policy.name for policy in file.policies]
    if repeated := sorted({name for name in own if own.count(name) > 1 or name in known - set(file.disabled)}):
        message = f"{origin} names more than one policy {', '.join(repeated)}"
        raise InvalidPolicy(message)
    if strangers := sorted((set(file.changes) | set(file.disabled)) - known):
        base_says = "the shipped set has" if file.base == "shipped" else "without `base: shipped` there is"
        message = f"{origin}: {base_says} no policy {', '.join(strangers)}"
        raise InvalidPolicy(message)
    for policy in file.policies:
        if policy.playbook and policy.playbook not in NAMES:
            message = f"{origin}: policy {policy.name} wants playbook {policy.playbook}, which does not exist"
            raise InvalidPolicy(message)


def _changed(policy: Policy, change: PolicyChange | None) -> Policy:
    if change is None:
        return policy
    said = {name: value for name in PolicyChange.model_fields if (value := getattr(change, name)) is not None}
    for name in ("mode", "parameters"):
        if name in said:
            said[name] = {**getattr(policy, name), **said[name]}
    return policy.model_copy(update=said)
