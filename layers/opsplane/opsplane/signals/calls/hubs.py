"""Security Hub itself."""

from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record
from opsplane.signals.signal import Kind


def read_disabling(record: Record) -> tuple[Heard, ...]:
    """DisableSecurityHub: there is one hub for each account and region."""
    return (Heard(kind=Kind.DETECTOR, type="AWS::SecurityHub::Hub", id=record.account),)


CALLS: Mapping[str, Reader] = {"DisableSecurityHub": read_disabling}
