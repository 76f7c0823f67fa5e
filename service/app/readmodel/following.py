"""Keeps the read model current in the background, for as long as the process lives."""

import asyncio
from contextlib import suppress

from app.readmodel.model import ReadModel

PAUSE = 3.0
"""Seconds between two readings of the ledger."""


async def follow(model: ReadModel, pause: float = PAUSE) -> None:
    """Read the ledger every few seconds until cancelled; the model keeps what goes wrong."""
    while True:
        await model.refresh()
        await asyncio.sleep(pause)


async def stop(task: asyncio.Task[None]) -> None:
    """Cancel the following and wait until it is over."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
