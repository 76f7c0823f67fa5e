"""Take note of each call after it was answered, and turn it into an event without ever keeping a caller waiting."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any

from opsplane_local.gateway.call import Call
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.trail.delivery import BATCH, Delivery
from opsplane_local.gateway.trail.identity import Owners
from opsplane_local.gateway.trail.mutability import guessed_operation, is_recorded

CAPACITY = 5_000
"""Calls that may wait. Terraform makes some hundred in a minute."""

FAREWELL_SECONDS = 2.0
SCENE_MARK = "opsplane-scene/"
"""In the user agent of calls that set the stage for a sample: the sample itself is the event about them."""

WARM_SERVICES = ("ec2", "s3", "iam", "lambda", "rds")
"""Services whose models are read before the first call asks for them: EC2's takes half a second."""

logger = logging.getLogger("opsplane.gateway.trail")


class Recorder:
    """The trail: a bounded queue of calls, worked off in order by one task."""

    def __init__(self, ministack: Forwarder, account: str, region: str) -> None:
        """Prepare the queue for a bus at `ministack` in `account` and `region`; `running` starts the work."""
        self._account = account
        self._owners = Owners(ministack, account)
        self._delivery = Delivery(ministack, region)
        self._waiting: asyncio.Queue[Call] = asyncio.Queue(CAPACITY)
        self._overflow = 0

    def record(self, call: Call) -> None:
        """Queue `call` unless it plainly is none that CloudTrail records."""
        request, service = call.request, call.credential.service
        if not service or SCENE_MARK in request.header("user-agent"):
            return
        operation = guessed_operation(
            request.method,
            request.header("x-amz-target"),
            request.header("content-type"),
            request.body,
            request.query.decode("latin-1"),
        )
        if not is_recorded(service, operation):
            return
        if self._waiting.full():
            self._overflow += 1
            logger.error("The trail has %d calls waiting; %s %s is not recorded", CAPACITY, service, operation)
            return
        self._waiting.put_nowait(call)

    def status(self) -> dict[str, object]:
        """Return how many events were sent and dropped, and how many calls wait."""
        dropped = self._delivery.dropped + self._overflow
        return {"sent": self._delivery.sent, "dropped": dropped, "waiting": self._waiting.qsize()}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work the queue off while the context is open; at its end, give what waits a last chance."""
        warming = asyncio.create_task(asyncio.to_thread(_warm_up))
        worker = asyncio.create_task(self._work())
        yield
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._waiting.join()
        worker.cancel()
        warming.cancel()
        await asyncio.gather(worker, warming, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            calls = [await self._waiting.get()]
            while len(calls) < BATCH and not self._waiting.empty():
                calls.append(self._waiting.get_nowait())
            entries = [entry for call in calls if (entry := await self._entry(call)) is not None]
            await self._delivery.put(entries)
            for _call in calls:
                self._waiting.task_done()

    async def _entry(self, call: Call) -> dict[str, Any] | None:
        owner = await self._owners.owner(call.credential.access_key)
        try:
            return await asyncio.to_thread(_build, call, owner, self._account)
        except Exception:
            # A call that we cannot read must not end the trail for all others.
            logger.exception("No event for %s %s", call.credential.service, call.request.path)
            return None


def _build(call: Call, owner: Any, account: str) -> dict[str, Any] | None:
    # Loaded late: reading service models needs moto, which costs the gateway a second of its start.
    events = import_module("opsplane_local.gateway.trail.events")
    operation = events.recorded_operation(call)
    if operation is None:
        return None
    entry: dict[str, Any] = events.build_entry(call, operation, owner, account)
    return entry


def _warm_up() -> None:
    import_module("opsplane_local.gateway.trail.events")
    routing = import_module("moto.core.routing")
    for service in WARM_SERVICES:
        routing.get_service_router(service)
