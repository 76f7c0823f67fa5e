"""Policies as people write them: YAML. Functions never read it, see `opsplane.policies.load`."""

import json
from pathlib import Path
from typing import Any

import yaml

from opsplane.errors import InvalidPolicy, PermanentError
from opsplane.model import Model
from opsplane.policies.load import default
from opsplane.policies.policy import PolicySet
from opsplane.policies.policy_file import PolicyFile, resolve, understand

SHIPPED = Path(__file__).parent / "default.yaml"
"""The policies that opsplane ships with, as they are edited."""


def parse(text: str, origin: str) -> PolicySet:
    """The policies that a YAML text means; `origin` names it in messages.

    Raises:
        InvalidPolicy: naming each field that is wrong, a name used twice, or a playbook that does not exist.
    """
    return resolve(parse_file(text, origin), default(), origin)


def parse_file(text: str, origin: str) -> PolicyFile:
    """A YAML text as a policy file.

    Raises:
        InvalidPolicy: naming each field that is wrong.
    """
    return understand(read_yaml(text, origin, InvalidPolicy), origin)


def read_yaml(text: str, origin: str, invalid: type[PermanentError]) -> Any:
    """What a YAML text says; `origin` names it in messages.

    Raises:
        PermanentError: it is not YAML; the error is `invalid`.
    """
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # A date that does not exist is a ValueError, and lists in lists in lists exhaust the reader.
        message = f"{origin} is not YAML: {error}"
        raise invalid(message) from error


def shipped() -> PolicySet:
    """The shipped policies as they are edited.

    Raises:
        InvalidPolicy: they do not validate.
    """
    nothing = PolicySet(version=1, policies=())
    return resolve(parse_file(SHIPPED.read_text(), SHIPPED.name), nothing, SHIPPED.name)


def schema() -> dict[str, Any]:
    """The JSON Schema of a policy file, for editors: https://json-schema.org/draft/2020-12."""
    return schema_of(PolicyFile, "opsplane policies")


def schema_of(file: type[Model], title: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **file.model_json_schema(), "title": title}


def render(policies: PolicySet) -> str:
    """The set as JSON, as functions read it."""
    document: dict[str, Any] = policies.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
