"""Bringing the read model up to the ledger.

The feed is ordered by the time that stands in each entry, and an entry becomes visible a moment after that time. So
each reading begins `OVERLAP` before the point that the last one reached; what is read twice changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsplane.ledger.ledger import Ledger
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.blocking import in_thread
from app.readmodel.feed import pages
from app.readmodel.projection import Facts, facts_of, project
from app.readmodel.tables import Base, CheckpointRow, ItemRow

type Clock = Callable[[], datetime]
type Sessions = async_sessionmaker[AsyncSession]

OVERLAP = timedelta(seconds=60)
"""Longer than a write takes to become visible, and than the clocks of two functions differ."""

FIRST_LOOK = timedelta(hours=1)
"""How far back the feed is read when items and actions were taken from the ledger's lists."""

SEED = 1_000
"""Items and actions, last changed first, that an empty read model begins with."""

_FEED = "feed"
_SEED_PATIENCE = 60.0


@dataclass(frozen=True)
class Reach:
    """How far one reading got: the moment that the rows are true for, and the ids of the entries that it read."""

    as_of: datetime
    entries: frozenset[str]


async def catch_up(
    sessions: Sessions, ledger: Ledger, now: Clock, *, doubt: bool, known: frozenset[str] = frozenset()
) -> Reach:
    """Project everything that the ledger holds and the read model lacks.

    With `doubt`, it is first made sure that the read model was made from this ledger. Entries whose ids are `known`
    are in the read model already.

    Raises:
        OpsplaneError: the ledger cannot be read. SQLAlchemyError: the database cannot be written.
    """
    started = now()
    if doubt and await _is_of_another_ledger(sessions, ledger):
        await _forget(sessions)
    since = await _read_to(sessions)
    if since is None:
        since = started - FIRST_LOOK
        await _seed(sessions, ledger, since)
    read: set[str] = set()
    async for page in pages(ledger, since - OVERLAP, started):
        read.update(entry.id for entry in page)
        if lacking := [entry for entry in page if entry.id not in known]:
            async with sessions.begin() as session:
                await project(session, facts_of(lacking))
                # A clock that runs ahead must not make us pass over what others write meanwhile.
                await _move(session, min(page[-1].at, started))
    async with sessions.begin() as session:
        await _move(session, started, as_of=started)
    return Reach(started, frozenset(read))


async def stored_as_of(sessions: Sessions) -> datetime | None:
    """The moment that the rows in the database are true for, or None when the ledger was never read to its end."""
    async with sessions() as session:
        row = await session.get(CheckpointRow, _FEED)
        return row.as_of if row else None


async def _is_of_another_ledger(sessions: Sessions, ledger: Ledger) -> bool:
    """The ledger only grows: one that knows less of our newest item than we do is not the one we followed."""
    async with sessions() as session:
        newest = await session.scalar(select(ItemRow).order_by(ItemRow.updated_at.desc()).limit(1))
    if newest is None:
        return False
    known = await in_thread(lambda: ledger.item(newest.id))
    return known is None or known.entries < newest.version


async def _forget(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        for table in Base.metadata.sorted_tables:
            await session.execute(delete(table))


async def _seed(sessions: Sessions, ledger: Ledger, read_to: datetime) -> None:
    items = await in_thread(lambda: ledger.recent_items(SEED), _SEED_PATIENCE)
    actions = await in_thread(lambda: ledger.recent_actions(SEED), _SEED_PATIENCE)
    async with sessions.begin() as session:
        await project(session, Facts(items, actions))
        await _move(session, read_to)


async def _read_to(sessions: Sessions) -> datetime | None:
    async with sessions() as session:
        row = await session.get(CheckpointRow, _FEED)
        return row.read_to if row else None


async def _move(session: AsyncSession, read_to: datetime, as_of: datetime | None = None) -> None:
    """Move the checkpoint, never back."""
    row = await session.get(CheckpointRow, _FEED)
    if row is None:
        session.add(CheckpointRow(name=_FEED, read_to=read_to, as_of=as_of))
        return
    row.read_to = max(row.read_to, read_to)
    row.as_of = as_of or row.as_of
