"""Bringing the read model up to the ledger."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from app.readmodel.catching_up import catch_up
from app.readmodel.database import create_tables, open_engine
from app.readmodel.tables import ActionRow, CheckpointRow, EntryRow, ItemRow
from builders import Deployment
from opsplane.adapters.memory.ledger import MemoryLedger
from served import fixed_group, told_of_threat
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

pytestmark = pytest.mark.anyio

type Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def sessions() -> AsyncIterator[Sessions]:
    """An empty read model."""
    engine = open_engine("sqlite+aiosqlite://")
    await create_tables(engine)
    yield async_sessionmaker(engine)
    await engine.dispose()


async def _follow(sessions: Sessions, deployment: Deployment, *, doubt: bool = False) -> None:
    await catch_up(sessions, deployment.ledger, deployment.clock, doubt=doubt)


async def _states(sessions: Sessions) -> dict[str, str]:
    async with sessions() as session:
        items = await session.execute(select(ItemRow.id, ItemRow.state))
        actions = await session.execute(select(ActionRow.id, ActionRow.state))
        return {row.id: row.state for rows in (items, actions) for row in rows}


async def _count(sessions: Sessions) -> int:
    async with sessions() as session:
        return int(await session.scalar(select(func.count()).select_from(EntryRow)) or 0)


def _in_ledger(ledger: MemoryLedger) -> dict[str, str]:
    items = {item.id: item.state.value for item in ledger.items.values()}
    return items | {action.id: action.state.value for action in ledger.actions.values()}


async def test_an_empty_read_model_begins_with_all_items(sessions: Sessions, deployment: Deployment) -> None:
    """Also items that last changed long before the feed is read."""
    fixed_group(deployment)
    deployment.clock.advance(timedelta(days=40))
    told_of_threat(deployment)

    await _follow(sessions, deployment)

    assert await _states(sessions) == _in_ledger(deployment.ledger)


async def test_what_happens_next_is_followed(sessions: Sessions, deployment: Deployment) -> None:
    """A change after the first reading arrives with the second."""
    await _follow(sessions, deployment)
    deployment.clock.advance(timedelta(seconds=5))
    fixed_group(deployment)

    await _follow(sessions, deployment)

    assert await _states(sessions) == _in_ledger(deployment.ledger)
    assert await _count(sessions) == len(deployment.ledger.trail)


async def test_an_entry_that_becomes_visible_late_is_not_missed(sessions: Sessions, deployment: Deployment) -> None:
    """Commit order is not time order: an entry that bears an earlier time than the last reading still arrives."""
    await _follow(sessions, deployment)
    late = Deployment(cloud=deployment.cloud, ledger=deployment.ledger)
    late.clock.at = deployment.clock.at - timedelta(seconds=30)
    fixed_group(late)
    deployment.clock.advance(timedelta(seconds=20))

    await _follow(sessions, deployment)

    assert await _states(sessions) == _in_ledger(deployment.ledger)


async def test_midnight_is_no_border(sessions: Sessions, deployment: Deployment) -> None:
    """The feed of a day ends; what comes after it is in the next one."""
    deployment.clock.at = datetime(2026, 11, 22, 23, 59, 50, tzinfo=UTC)
    await _follow(sessions, deployment)
    deployment.clock.advance(timedelta(seconds=5))
    fixed_group(deployment, 1)
    deployment.clock.advance(timedelta(seconds=10))
    fixed_group(deployment, 2)

    await _follow(sessions, deployment)

    assert await _states(sessions) == _in_ledger(deployment.ledger)


async def test_a_weekend_off_loses_nothing(sessions: Sessions, deployment: Deployment) -> None:
    """Whatever was written while nobody read arrives afterwards."""
    await _follow(sessions, deployment)
    for number in (1, 2, 3):
        deployment.clock.advance(timedelta(hours=17))
        fixed_group(deployment, number)

    await _follow(sessions, deployment)

    assert await _states(sessions) == _in_ledger(deployment.ledger)
    assert await _count(sessions) == len(deployment.ledger.trail)


async def test_a_clock_that_runs_ahead_hides_nothing(sessions: Sessions, deployment: Deployment) -> None:
    """An entry from the future does not move the checkpoint past what others write meanwhile."""
    ahead = Deployment(cloud=deployment.cloud, ledger=deployment.ledger)
    ahead.clock.at = deployment.clock.at + timedelta(minutes=30)
    await _follow(sessions, deployment)
    fixed_group(ahead, 1)
    await _follow(sessions, deployment)
    deployment.clock.advance(timedelta(minutes=2))
    fixed_group(deployment, 2)

    await _follow(sessions, deployment)

    assert await _states(sessions) == _in_ledger(deployment.ledger)


async def test_rows_of_another_ledger_are_thrown_away(sessions: Sessions, deployment: Deployment) -> None:
    """A ledger that was made anew has no use for what the old one said."""
    fixed_group(deployment)
    await _follow(sessions, deployment)
    fresh = Deployment()
    told_of_threat(fresh)

    await _follow(sessions, fresh, doubt=True)

    assert await _states(sessions) == _in_ledger(fresh.ledger)


async def test_rows_of_the_same_ledger_are_kept(sessions: Sessions, deployment: Deployment) -> None:
    """A process that starts again goes on where the last one stopped."""
    fixed_group(deployment)
    await _follow(sessions, deployment)
    before = await _count(sessions)
    deployment.clock.advance(timedelta(hours=3))

    await _follow(sessions, deployment, doubt=True)

    assert await _count(sessions) == before
    async with sessions() as session:
        [checkpoint] = (await session.scalars(select(CheckpointRow))).all()
    assert checkpoint.as_of == checkpoint.read_to == deployment.clock.at
