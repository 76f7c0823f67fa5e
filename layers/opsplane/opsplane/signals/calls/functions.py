"""Lambda: who may invoke a function. Names of its calls carry the API's date."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w-]{1,64}")
_NARROWING = ("sourceArn", "sourceAccount", "principalOrgID")


def read_permission(record: Record) -> tuple[Heard, ...]:
    """AddPermission; for a named principal, or a narrowed one, it is harmless."""
    named = record.text("functionName").rpartition("function:")[2].partition(":")[0]
    name = checked(record, named, _NAME, "AWS::Lambda::Function")
    everybody = record.text("principal") == "*" and not any(record.value(key) for key in _NARROWING)
    harmless = None if everybody else "the permission names who may invoke the function"
    facts = {"targets": [f"permission {record.text('statementId')}"]}
    return (Heard(kind=Kind.RESOURCE_POLICY, type="AWS::Lambda::Function", id=name, facts=facts, harmless=harmless),)


CALLS: Mapping[str, Reader] = {"AddPermission20150331v2": read_permission}
