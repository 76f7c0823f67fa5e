"""Reading single CloudTrail calls, for tests of their readers."""

from typing import Any

from cloud import ACCOUNT, REGION
from opsplane.signals.calls import calls_of
from opsplane.signals.calls.heard import Heard, Record


def hear(service: str, call: str, request: Any = None, response: Any = None, user: str = "alice") -> tuple[Heard, ...]:
    """What the reader of a call makes of a record."""
    record = Record(
        call=call,
        service=service,
        account=ACCOUNT,
        region=REGION,
        request=request or {},
        response=response or {},
        user=user,
    )
    return calls_of(service)[call](record)
