"""Reading a policy file."""

from importlib.resources import files

import yaml
from pydantic import ValidationError

from opsplane.errors import InvalidPolicy
from opsplane.playbooks import NAMES
from opsplane.policies.policy import PolicySet

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where the wheel has it: a cold start reads the policies, and that is ten times as quick."""


def parse(text: str, origin: str) -> PolicySet:
    """The policies of a YAML text; `origin` names it in messages.

    Raises:
        InvalidPolicy: naming each field that is wrong, a name used twice, or a playbook that does not exist.
    """
    try:
        policies = PolicySet.model_validate(yaml.load(text, _LOADER))  # noqa: S506 - it is a safe one
    except yaml.YAMLError as error:
        message = f"{origin} is not YAML: {error}"
        raise InvalidPolicy(message) from error
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        message = f"{origin} is not a policy set: {faults}"
        raise InvalidPolicy(message) from error
    names = [policy.name for policy in policies.policies]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        message = f"{origin} names more than one policy {', '.join(repeated)}"
        raise InvalidPolicy(message)
    for policy in policies.policies:
        if policy.playbook and policy.playbook not in NAMES:
            message = f"{origin}: policy {policy.name} wants playbook {policy.playbook}, which does not exist"
            raise InvalidPolicy(message)
    return policies


def default() -> PolicySet:
    """The policies that opsplane ships with."""
    return parse(files("opsplane.policies").joinpath("default.yaml").read_text(), "policies/default.yaml")
