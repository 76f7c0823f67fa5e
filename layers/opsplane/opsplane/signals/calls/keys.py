"""KMS: keys that would be lost or opened."""

import re
from collections.abc import Mapping

from opsplane.exposure.statements import is_public
from opsplane.model import JsonObject
from opsplane.signals.calls.heard import Heard, Reader, Record, checked, document, statements
from opsplane.signals.signal import Kind

_ID = re.compile(r"(?:mrk-)?[0-9a-f-]{8,40}")


def read_loss(record: Record) -> tuple[Heard, ...]:
    """ScheduleKeyDeletion and DisableKey."""
    facts: JsonObject = {"targets": ["key state"]}
    window = record.value("pendingWindowInDays")
    if isinstance(window, int):
        facts["window"] = window
    return (Heard(kind=Kind.KEY_DELETION, type="AWS::KMS::Key", id=_key(record), facts=facts),)


def read_policy(record: Record) -> tuple[Heard, ...]:
    """PutKeyPolicy; one that lets in only whom it names is harmless."""
    found = document(record.value("policy"))
    public = any(is_public(each) for each in statements(found))
    harmless = None if public or found is None else "the key's policy lets in only whom it names"
    facts: JsonObject = {"targets": ["policy"]}
    return (Heard(kind=Kind.KEY_DELETION, type="AWS::KMS::Key", id=_key(record), facts=facts, harmless=harmless),)


def _key(record: Record) -> str:
    return checked(record, record.text("keyId").rsplit("/", 1)[-1], _ID, "AWS::KMS::Key")


CALLS: Mapping[str, Reader] = {
    "DisableKey": read_loss,
    "PutKeyPolicy": read_policy,
    "ScheduleKeyDeletion": read_loss,
}
