"""CloudTrail: its own trails."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_TRAIL = re.compile(r"(?:arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail/)?[A-Za-z0-9][\w.-]{2,127}")


def read_trail(record: Record) -> tuple[Heard, ...]:
    """A call about one trail; the name rather than the ARN, so that both forms are one item."""
    named = record.text("name") or record.text("trailName")
    trail = checked(record, named, _TRAIL, "AWS::CloudTrail::Trail").rsplit("/", 1)[-1]
    fine = "the call has it record" if record.call in {"StartLogging", "CreateTrail"} else None
    return (Heard(kind=Kind.TRAIL, type="AWS::CloudTrail::Trail", id=trail, looks_fine=fine),)


CALLS: Mapping[str, Reader] = dict.fromkeys(
    ("CreateTrail", "DeleteTrail", "PutEventSelectors", "StartLogging", "StopLogging", "UpdateTrail"), read_trail
)
