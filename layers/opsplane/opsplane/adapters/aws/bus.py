"""Our own bus on EventBridge."""

import json
from collections.abc import Sequence
from itertools import batched

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.entry import SOURCE, Message

_BATCH = 10
"""PutEvents takes at most ten entries."""


class EventBridgeBus:
    """Implements `opsplane.ports.Bus`."""

    def __init__(self, bus_name: str) -> None:
        """Events go to the bus of that name."""
        self._bus_name = bus_name

    def publish(self, messages: Sequence[Message]) -> None:
        """Put events on the bus, ten a call."""
        for batch in batched(messages, _BATCH):
            entries = [
                {
                    "EventBusName": self._bus_name,
                    "Source": SOURCE,
                    "DetailType": message.detail_type,
                    "Detail": json.dumps(message.detail),
                }
                for message in batch
            ]
            with translated(f"put events on bus {self._bus_name}"):
                answer = client("events").put_events(Entries=entries)
            if answer["FailedEntryCount"]:
                codes = {entry.get("ErrorCode") for entry in answer["Entries"] if entry.get("ErrorCode")}
                text = f"bus {self._bus_name} did not take {answer['FailedEntryCount']} event(s): {codes}"
                raise ServiceUnavailable(text)
