"""Policies as people write them: YAML. Functions never read it, see `opsplane.policies.load`."""

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from opsplane.errors import InvalidPolicy
from opsplane.playbooks import NAMES
from opsplane.policies.policy import PolicySet

SHIPPED = Path(__file__).parent / "default.yaml"
"""The policies that opsplane ships with, as they are edited."""


def parse(text: str, origin: str) -> PolicySet:
    """The policies of a YAML text; `origin` names it in messages.

    Raises:
        InvalidPolicy: naming each field that is wrong, a name used twice, or a playbook that does not exist.
    """
    try:
        policies = PolicySet.model_validate(yaml.safe_load(text))
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


def schema() -> dict[str, Any]:
    """The JSON Schema of a policy file, for editors: https://json-schema.org/draft/2020-12."""
    found = PolicySet.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": "opsplane policies"}


def render(policies: PolicySet) -> str:
    """The set as JSON, as functions read it."""
    document: dict[str, Any] = policies.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
