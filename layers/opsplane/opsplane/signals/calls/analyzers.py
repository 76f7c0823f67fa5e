"""Access Analyzer: its analyzers."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[A-Za-z][\w.-]{0,254}")


def read_analyzer(record: Record) -> tuple[Heard, ...]:
    """DeleteAnalyzer, and CreateAnalyzer: seen in order, so that its type is known once it is gone."""
    name = checked(record, record.text("analyzerName"), _NAME, "AWS::AccessAnalyzer::Analyzer")
    fine = "the call makes an analyzer" if record.call == "CreateAnalyzer" else None
    return (Heard(kind=Kind.DETECTOR, type="AWS::AccessAnalyzer::Analyzer", id=name, looks_fine=fine),)


CALLS: Mapping[str, Reader] = dict.fromkeys(("CreateAnalyzer", "DeleteAnalyzer"), read_analyzer)
