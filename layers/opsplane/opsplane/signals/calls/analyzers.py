"""Access Analyzer: its analyzers."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[A-Za-z][\w.-]{0,254}")


def read_deletion(record: Record) -> tuple[Heard, ...]:
    """DeleteAnalyzer."""
    name = checked(record, record.text("analyzerName"), _NAME, "AWS::AccessAnalyzer::Analyzer")
    return (Heard(kind=Kind.DETECTOR, type="AWS::AccessAnalyzer::Analyzer", id=name),)


CALLS: Mapping[str, Reader] = {"DeleteAnalyzer": read_deletion}
