"""The read model: follows the ledger, and says how far behind it is."""

import asyncio
import logging
from datetime import datetime, timedelta

from opsplane.errors import OpsplaneError, ServiceUnavailable
from opsplane.ledger.ledger import Ledger
from opsplane.model import tame
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from app.readmodel.catching_up import Clock, catch_up, stored_as_of
from app.readmodel.database import create_tables
from app.readmodel.freshness import STALE_AFTER, Freshness
from app.readmodel.projection import Facts, project

PATIENCE = 3.0
"""Seconds that a read waits for the ledger before it takes what is there."""

RETRY_AFTER = timedelta(seconds=5)
"""How long reads leave the ledger alone after it could not be read."""

log = logging.getLogger("opsplane.service")


class ReadModel:
    """Tables that follow the ledger.

    Attributes:
        sessions: Makes sessions on the tables.
    """

    def __init__(self, engine: AsyncEngine, ledger: Ledger, now: Clock) -> None:
        """A read model of `ledger` in the database of `engine`; nothing is read or made yet."""
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(engine, expire_on_commit=False)
        self._engine = engine
        self._ledger = ledger
        self._now = now
        self._as_of: datetime | None = None
        self._fault: str | None = None
        self._failed_at: datetime | None = None
        self._known: frozenset[str] = frozenset()
        self._met = False
        self._running: asyncio.Task[None] | None = None

    async def current(self) -> Freshness:
        """Read the ledger first when the last time is more than a moment ago, and say how fresh that leaves us.

        Raises:
            ServiceUnavailable: the ledger was never read, so there is nothing to answer from.
        """
        if self._wants_refresh():
            await self._wait(PATIENCE)
        if self._as_of is None:
            message = f"nothing was read from the ledger yet: {self._fault or 'it is being read for the first time'}"
            raise ServiceUnavailable(message)
        return Freshness(self._as_of, self._now(), self._fault)

    def known(self) -> Freshness | None:
        """How fresh the answers are without asking anybody, or None when there are none."""
        return Freshness(self._as_of, self._now(), self._fault) if self._as_of else None

    async def refresh(self) -> None:
        """Read the ledger now, or wait for the reading that is under way; a fault is kept and shown, not raised."""
        await self._wait(None)

    async def put(self, facts: Facts) -> None:
        """Show what a command has just written, before the feed brings it."""
        try:
            async with self.sessions.begin() as session:
                await project(session, facts)
        except SQLAlchemyError:
            # The ledger has it; the feed brings it when the database is back.
            log.warning("the read model could not take what a command wrote", exc_info=True)

    async def close(self) -> None:
        """Let go of the database."""
        if self._running and not self._running.done():
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)
        await self._engine.dispose()

    def _wants_refresh(self) -> bool:
        now = self._now()
        if self._failed_at and now - self._failed_at < RETRY_AFTER:
            return False
        return self._as_of is None or now - self._as_of > STALE_AFTER

    async def _wait(self, patience: float | None) -> None:
        task = self._refreshing()
        await asyncio.wait({task}, timeout=patience)
        if task.done() and not task.cancelled():
            task.result()

    def _refreshing(self) -> asyncio.Task[None]:
        """The one reading under way; everybody waits for the same."""
        loop = asyncio.get_running_loop()
        if self._running is None or self._running.done() or self._running.get_loop() is not loop:
            self._running = loop.create_task(self._attempt())
        return self._running

    async def _attempt(self) -> None:
        try:
            await self._read()
        except (OpsplaneError, SQLAlchemyError, OSError) as error:
            self._blame(str(error))
        except ValidationError as error:
            # During a rolling deploy the fleet may write what this older service does not know yet.
            self._blame(f"the ledger holds a value that this version of the service cannot read: {error}")
        else:
            if self._fault is not None:
                log.warning("the read model follows the ledger again")
            self._failed_at = self._fault = None

    def _blame(self, fault: str) -> None:
        self._failed_at = self._now()
        if self._fault is None:
            log.warning("the read model stays behind: %s", fault)
        self._fault = tame(fault, 500)

    async def _read(self) -> None:
        if not self._met:
            await create_tables(self._engine)
            self._as_of = await stored_as_of(self.sessions)
        reach = await catch_up(self.sessions, self._ledger, self._now, doubt=not self._met, known=self._known)
        self._as_of, self._known, self._met = reach.as_of, reach.entries, True
