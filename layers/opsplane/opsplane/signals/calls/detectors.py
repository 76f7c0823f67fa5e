"""GuardDuty: its detector."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_ID = re.compile(r"[a-f0-9]{32}")


def read_deletion(record: Record) -> tuple[Heard, ...]:
    """DeleteDetector."""
    return (_heard(record),)


def read_update(record: Record) -> tuple[Heard, ...]:
    """UpdateDetector; one that does not switch it off is harmless."""
    off = record.value("enable") is False
    return (_heard(record, None if off else "the call does not switch the detector off"),)


def _heard(record: Record, harmless: str | None = None) -> Heard:
    detector = checked(record, record.text("detectorId"), _ID, "AWS::GuardDuty::Detector")
    return Heard(kind=Kind.DETECTOR, type="AWS::GuardDuty::Detector", id=detector, harmless=harmless)


CALLS: Mapping[str, Reader] = {"DeleteDetector": read_deletion, "UpdateDetector": read_update}
