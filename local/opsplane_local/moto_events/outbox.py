"""Put events on the bus a moment later, from a thread of its own: whoever made the call has its answer by then."""

import asyncio
import logging
import threading

from opsplane_local.gateway.trail.delivery import Delivery
from opsplane_local.moto_events.kind import Entry

MOMENT = 0.5
"""Seconds between a change and its event. On AWS it takes longer."""

logger = logging.getLogger("moto.events")


class Outbox:
    """Hands entries to a delivery, in order; what still waits when the process ends is lost, as it may be on AWS."""

    def __init__(self, delivery: Delivery, wait: float = MOMENT) -> None:
        """Send with `delivery`, `wait` seconds after an entry was put in."""
        self._delivery = delivery
        self._wait = wait
        self._turn = asyncio.Lock()
        self._loop = asyncio.new_event_loop()

    def start(self) -> None:
        """Begin to send."""
        threading.Thread(target=self._loop.run_forever, name="outbox", daemon=True).start()

    def put(self, entries: list[Entry]) -> None:
        """Take `entries`; returns at once."""
        asyncio.run_coroutine_threadsafe(self._send(entries), self._loop)

    async def _send(self, entries: list[Entry]) -> None:
        await asyncio.sleep(self._wait)
        async with self._turn:
            try:
                await self._delivery.put(entries)
            except Exception:
                # Nobody waits for the outcome, so that an error would never be seen.
                logger.exception("%d events were not delivered", len(entries))
