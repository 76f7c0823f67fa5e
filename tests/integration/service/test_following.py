"""The read model on the ledger as DynamoDB keeps it."""

import asyncio
from datetime import UTC, datetime, timedelta

from app.readmodel.catching_up import catch_up
from app.readmodel.database import create_tables, open_engine
from app.readmodel.queries import find_trail, list_items
from builders import guardduty
from inprocess import Account
from opsplane import flow, handling
from sqlalchemy.ext.asyncio import async_sessionmaker


def test_positions_of_the_real_feed_are_understood(aws: Account) -> None:
    """A second reading brings what was written since the first, and everything of it."""
    ports = aws.ports()
    [record] = flow.receive(guardduty(id="first"), ports)
    item = str(record.item_id)

    async def read_twice() -> tuple[list[str], int]:
        engine = open_engine("sqlite+aiosqlite://")
        await create_tables(engine)
        sessions = async_sessionmaker(engine)
        await catch_up(sessions, ports.ledger, ports.now, doubt=True)
        handling.acknowledge(item, "bob", ports)
        soon = datetime.now(UTC) + timedelta(seconds=1)
        await catch_up(sessions, ports.ledger, lambda: soon, doubt=False)
        async with sessions() as session:
            found = [listed.state.value for listed in await list_items(session, 10)], await find_trail(session, item)
        await engine.dispose()
        return found[0], len(found[1])

    states, lines = asyncio.run(read_twice())

    assert states == ["acknowledged"]
    assert lines == len(ports.ledger.entries(item))
