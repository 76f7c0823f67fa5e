"""Ledger values as rows."""

import asyncio
import random

from app.readmodel.database import create_tables, open_engine
from app.readmodel.projection import Facts, facts_of, project
from app.readmodel.tables import ActionRow, EntryRow, ItemRow
from builders import Deployment
from hypothesis import given, settings
from hypothesis import strategies as st
from opsplane import commands
from opsplane.ledger.entry import Entry
from served import fixed_group
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker


def _entries() -> list[Entry]:
    deployment = Deployment()
    for number in (1, 2):
        action = fixed_group(deployment, number)
        commands.undo(action.id, "bob", deployment.ports, "the migration needs it")
        deployment.carry_out(action.id)
    return list(deployment.ledger.trail.values())


ENTRIES = _entries()


async def _rows(batches: list[list[Entry]]) -> list[tuple[object, ...]]:
    engine = open_engine("sqlite+aiosqlite://")
    await create_tables(engine)
    sessions = async_sessionmaker(engine)
    for batch in batches:
        async with sessions.begin() as session:
            await project(session, facts_of(batch))
    async with sessions() as session:
        found = await _all(session)
    await engine.dispose()
    return found


async def _all(session: AsyncSession) -> list[tuple[object, ...]]:
    items = [(row.id, row.version, row.state, row.body) for row in await session.scalars(select(ItemRow))]
    actions = [(row.id, row.version, row.state, row.body) for row in await session.scalars(select(ActionRow))]
    entries = [(row.id, row.kind, row.by, row.text, row.action_id) for row in await session.scalars(select(EntryRow))]
    return sorted([*items, *actions, *entries], key=repr)


@settings(max_examples=6)
@given(st.randoms(use_true_random=False), st.integers(1, 7))
def test_order_and_repetition_do_not_matter(chance: random.Random, size: int) -> None:
    """Entries in any order, in any pages, some of them twice, give the rows that the right order gives."""
    shuffled = [*ENTRIES, *chance.sample(ENTRIES, 5)]
    chance.shuffle(shuffled)
    batches = [shuffled[at : at + size] for at in range(0, len(shuffled), size)]

    found = asyncio.run(_rows(batches))

    assert found == asyncio.run(_rows([ENTRIES]))


def test_an_older_value_changes_nothing() -> None:
    """A head that arrives late does not turn an action back."""
    newest = max((entry.action for entry in ENTRIES if entry.action), key=lambda action: action.version)
    older = newest.model_copy(update={"version": 1, "error": "older"})

    async def write() -> str:
        engine = open_engine("sqlite+aiosqlite://")
        await create_tables(engine)
        sessions = async_sessionmaker(engine)
        for action in (newest, older):
            async with sessions.begin() as session:
                await project(session, Facts(actions=(action,)))
        async with sessions() as session:
            body = str(await session.scalar(select(ActionRow.body)))
        await engine.dispose()
        return body

    assert asyncio.run(write()) == newest.model_dump_json()
