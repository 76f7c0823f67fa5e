"""EventBridge: rules of ours, without which nothing is heard."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w.-]{1,64}")
_OURS = "opsplane-"


def read_disabling(record: Record) -> tuple[Heard, ...]:
    """DisableRule."""
    name = checked(record, record.text("name"), _NAME, "AWS::Events::Rule")
    harmless = None if name.startswith(_OURS) else f"rule {name} is not ours"
    return (Heard(kind=Kind.DETECTOR, type="AWS::Events::Rule", id=name, harmless=harmless),)


CALLS: Mapping[str, Reader] = {"DisableRule": read_disabling}
