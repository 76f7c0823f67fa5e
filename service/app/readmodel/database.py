"""The engine of the read model's database."""

from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.readmodel.tables import Base

_LOCK_PATIENCE = 5
"""Seconds that SQLite waits for another writer."""


def open_engine(url: str) -> AsyncEngine:
    """An engine for a database address; nothing is connected yet.

    An embedded file gets one connection for each session, so that no connection outlives the event loop it began in.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_async_engine(address, pool_pre_ping=True)
    if not address.database or address.database == ":memory:":
        return create_async_engine(address)
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(address, poolclass=NullPool, connect_args={"timeout": _LOCK_PATIENCE})
    event.listen(engine.sync_engine, "connect", _write_ahead)
    return engine


async def create_tables(engine: AsyncEngine) -> None:
    """Make the tables that do not exist yet."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


def _write_ahead(connection: Any, _record: object) -> None:
    """Readers go on while the projection writes; a read model need not survive a power cut."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
