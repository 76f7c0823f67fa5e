"""EventBridge: rules of ours, without which nothing is heard."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w.-]{1,64}")
_BUS = re.compile(r"(?:arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus/)?[\w./-]{1,256}")
_OURS = "opsplane-"


def read_silencing(record: Record) -> tuple[Heard, ...]:
    """DisableRule, DeleteRule and RemoveTargets: what a rule hears reaches nobody any more."""
    name = checked(record, record.text("name") or record.text("rule"), _NAME, "AWS::Events::Rule")
    bus = record.text("eventBusName")
    facts = {"bus": checked(record, bus, _BUS, "event bus")} if bus not in {"", "default"} else {}
    harmless = None if name.startswith(_OURS) else f"rule {name} is not ours"
    return (Heard(kind=Kind.DETECTOR, type="AWS::Events::Rule", id=name, facts=facts, harmless=harmless),)


CALLS: Mapping[str, Reader] = dict.fromkeys(("DeleteRule", "DisableRule", "RemoveTargets"), read_silencing)
