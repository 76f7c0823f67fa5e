"""What a reader of calls is given, and what it answers."""

import json
import re
from collections.abc import Callable
from typing import Any

from pydantic import Field

from opsplane.errors import UnhandledEvent
from opsplane.model import JsonObject, Line, Model, Name
from opsplane.signals.signal import Kind, Severity


class Record(Model):
    """A CloudTrail record as readers see it: the call, its request and its answer (empty when it failed).

    `user` is the IAM user who called. It is empty when a role did: the name of a session is the caller's to choose.
    """

    call: Name
    service: Name
    account: Name
    region: Name
    request: JsonObject
    response: JsonObject
    user: Name = ""

    def text(self, *path: str) -> str:
        """A text in the request, e.g. `text("DeleteFlowLogsRequest", "FlowLogId", "content")`; empty when absent."""
        found = self.value(*path)
        return found if isinstance(found, str) else ""

    def value(self, *path: str) -> Any:
        """Any value in the request, or None."""
        found: Any = self.request
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found


class Heard(Model):
    """What a call changed.

    Attributes:
        kind: What it is about; policies match on it.
        type: CloudFormation's name of the resource's type.
        id: The resource, in the form that the playbook needs.
        severity: How bad it is.
        facts: Hints for the playbook. `targets` names the targets that the call touched, in the playbook's words.
        title: One line for people; by default the call and the resource.
        harmless: Why there is nothing to judge, when the call alone shows it: it made things safer, for example.
        looks_fine: Why the call alone suggests so, where live state has to be looked at all the same.
        tags: The resource's tags, when the call tells them.
        more: What tells items about one resource apart, where one item for each resource is too few.
    """

    kind: Kind
    type: Name
    id: Name
    severity: Severity = Severity.HIGH
    facts: JsonObject = Field(default_factory=dict)
    title: Line = ""
    harmless: Line | None = None
    looks_fine: Line | None = None
    tags: dict[str, str] = Field(default_factory=dict)
    more: tuple[Name, ...] = ()


Reader = Callable[[Record], tuple[Heard, ...]]
"""Reads one call.

Raises:
    UnhandledEvent: the record lacks what its call's name promises.
"""


def checked(record: Record, found: object, grammar: re.Pattern[str], what: str) -> str:
    """An identifier that has the grammar of its kind: nothing else may reach an API call.

    Raises:
        UnhandledEvent: it is missing or malformed.
    """
    if not isinstance(found, str) or not grammar.fullmatch(found):
        message = f"CloudTrail record of {record.call} does not say which {what} it changed"
        raise UnhandledEvent(message)
    return found


def document(value: object) -> object:
    """A policy document: an object as it is, a text as the JSON that it holds, anything else as nothing."""
    if not isinstance(value, str):
        return value if isinstance(value, dict) else None
    try:
        return json.loads(value)
    except ValueError:
        return None


def statements(found: object) -> list[dict[str, Any]]:
    """The statements of a policy document, also of one that has a single one without brackets."""
    listed = found.get("Statement", []) if isinstance(found, dict) else []
    return [each for each in (listed if isinstance(listed, list) else [listed]) if isinstance(each, dict)]


def items(value: object) -> list[dict[str, Any]]:
    """The elements of a list as EC2's records write it (`{"items": [...]}`, or `{}` when empty), or of a plain one."""
    inner = value.get("items", []) if isinstance(value, dict) else value
    return [item for item in (inner if isinstance(inner, list) else []) if isinstance(item, dict)]
