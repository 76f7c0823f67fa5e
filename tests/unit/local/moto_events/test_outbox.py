"""Events leave a moment later, in order."""

import asyncio
import threading
import time
from typing import Any

import pytest
from opsplane_local.moto_events.outbox import Outbox

WAIT = 0.05
PATIENCE = 5.0


class PlayedDelivery:
    """A delivery that takes its time over the first entries, or fails on them."""

    def __init__(self, wanted: int, *, fails_first: bool = False) -> None:
        self.taken: list[Any] = []
        self.times: list[float] = []
        self.complete = threading.Event()
        self._wanted = wanted
        self._fails = fails_first

    async def put(self, entries: list[Any]) -> None:
        """Take entries."""
        self.times.append(time.monotonic())
        if self._fails:
            self._fails = False
            raise RuntimeError("unforeseen")
        await asyncio.sleep(WAIT if not self.taken else 0)
        self.taken += entries
        if len(self.taken) == self._wanted:
            self.complete.set()


def test_events_leave_later_and_in_order() -> None:
    """A slow delivery of the first does not let the second overtake it."""
    delivery = PlayedDelivery(3)
    outbox = Outbox(delivery, WAIT)  # type: ignore[arg-type]
    outbox.start()
    started = time.monotonic()

    outbox.put([{"n": 1}, {"n": 2}])
    outbox.put([{"n": 3}])

    assert delivery.complete.wait(PATIENCE)
    assert delivery.times[0] - started >= WAIT
    assert [entry["n"] for entry in delivery.taken] == [1, 2, 3]


def test_a_failure_does_not_end_the_outbox(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, and the next event is sent."""
    delivery = PlayedDelivery(1, fails_first=True)
    outbox = Outbox(delivery, 0)  # type: ignore[arg-type]
    outbox.start()

    outbox.put([{"n": 1}])
    outbox.put([{"n": 2}])

    assert delivery.complete.wait(PATIENCE)
    assert [entry["n"] for entry in delivery.taken] == [2]
    assert "1 events were not delivered" in caplog.text
