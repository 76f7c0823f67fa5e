"""AWS Config: its recorder."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w.-]{1,256}")


def read_stop(record: Record) -> tuple[Heard, ...]:
    """StopConfigurationRecorder and DeleteConfigurationRecorder."""
    name = checked(record, record.text("configurationRecorderName"), _NAME, "AWS::Config::ConfigurationRecorder")
    return (Heard(kind=Kind.DETECTOR, type="AWS::Config::ConfigurationRecorder", id=name),)


CALLS: Mapping[str, Reader] = dict.fromkeys(("DeleteConfigurationRecorder", "StopConfigurationRecorder"), read_stop)
