"""GuardDuty: its detector."""

import re
from collections.abc import Mapping

from opsplane.model import JsonObject, tame
from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_ID = re.compile(r"[a-f0-9]{32}")


def read_deletion(record: Record) -> tuple[Heard, ...]:
    """DeleteDetector."""
    return (_heard(record),)


def read_update(record: Record) -> tuple[Heard, ...]:
    """UpdateDetector: switched off, or some of its features; the settings of one that stays on are looked at."""
    disabled = _disabled(record)
    if record.value("enable") is False or disabled:
        return (_heard(record, facts={"disabled": disabled}),)
    return (_heard(record, "the call switches nothing off"),)


def _disabled(record: Record) -> list[str]:
    """The features that the call names as disabled."""
    listed = record.value("features")
    found = [each for each in (listed if isinstance(listed, list) else []) if isinstance(each, dict)]
    return sorted(tame(each.get("name"), 64) for each in found if each.get("status") == "DISABLED")


def _heard(record: Record, fine: str | None = None, facts: JsonObject | None = None) -> Heard:
    detector = checked(record, record.text("detectorId"), _ID, "AWS::GuardDuty::Detector")
    return Heard(kind=Kind.DETECTOR, type="AWS::GuardDuty::Detector", id=detector, looks_fine=fine, facts=facts or {})


CALLS: Mapping[str, Reader] = {"DeleteDetector": read_deletion, "UpdateDetector": read_update}
