"""Reading the ledger's feed."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from app.readmodel.feed import days, pages, position_before
from builders import NOW, Deployment
from served import fixed_group

pytestmark = pytest.mark.anyio


async def test_days_are_those_of_utc() -> None:
    """A moment counts where it falls in UTC."""
    tokyo = timezone(timedelta(hours=9))
    since, until = datetime(2026, 11, 23, 8, tzinfo=tokyo), datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC)

    assert days(since, until) == ("2026-11-22", "2026-11-23", "2026-11-24")


async def test_a_position_stands_before_its_whole_second() -> None:
    """Whatever fraction and zone a ledger writes behind the second, it sorts later."""
    position = position_before(datetime(2026, 11, 22, 10, 0, 0, 500, tzinfo=UTC))

    for written in ("2026-11-22T10:00:00+00:00#a", "2026-11-22T10:00:00.000000Z#a", "2026-11-22T10:00:00.5+00:00#a"):
        assert position < written
    assert position > "2026-11-22T09:59:59.999999Z#a"


@pytest.mark.parametrize("size", [1, 2, 3, 100])
async def test_every_entry_comes_once_whatever_the_page(deployment: Deployment, size: int) -> None:
    """Pages join without a gap and without a repetition."""
    fixed_group(deployment, 1)
    fixed_group(deployment, 2)

    found = [entry.id async for page in pages(deployment.ledger, NOW, NOW, size) for entry in page]

    assert sorted(found) == sorted(deployment.ledger.trail)


async def test_the_feed_is_read_across_midnight(deployment: Deployment) -> None:
    """Entries of the next day follow those of the last."""
    deployment.clock.at = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
    fixed_group(deployment, 1)
    deployment.clock.advance(timedelta(seconds=2))
    fixed_group(deployment, 2)

    since = deployment.clock.at - timedelta(minutes=1)
    found = [entry.at.day async for page in pages(deployment.ledger, since, deployment.clock.at) for entry in page]

    assert found == sorted(found)
    assert set(found) == {22, 23}
