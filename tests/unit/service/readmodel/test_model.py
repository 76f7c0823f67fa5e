"""The read model's own rules: when it asks the ledger, and what it says of itself."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from app.readmodel.projection import Facts
from app.readmodel.queries import find_action, list_items
from builders import Deployment
from opsplane import commands
from opsplane.errors import ServiceUnavailable
from served import OUTAGE, Served, asked_about_group, fixed_group

pytestmark = pytest.mark.anyio


async def _ids(served: Served) -> list[str]:
    async with served.wiring.model.sessions() as session:
        return [item.id for item in await list_items(session, 10)]


async def test_a_stale_read_asks_the_ledger_first(served: Served) -> None:
    """More than two seconds after the last reading, a read sees what was written since."""
    await served.wiring.model.current()
    fixed_group(served.deployment)
    served.deployment.clock.advance(timedelta(seconds=3))

    freshness = await served.wiring.model.current()

    assert await _ids(served) == [served.deployment.item.id]
    assert (freshness.age, freshness.stale) == (timedelta(0), False)


async def test_a_fresh_read_leaves_the_ledger_alone(served: Served) -> None:
    """Within two seconds nothing is asked."""
    await served.wiring.model.current()
    asked = len(served.line.calls)
    served.deployment.clock.advance(timedelta(seconds=1))

    freshness = await served.wiring.model.current()

    assert len(served.line.calls) == asked
    assert freshness.age == timedelta(seconds=1)


async def test_an_outage_leaves_what_is_there_with_its_age(served: Served) -> None:
    """The last known facts are served, and why they are old."""
    fixed_group(served.deployment)
    await served.wiring.model.current()
    served.line.fault = OUTAGE
    served.deployment.clock.advance(timedelta(minutes=7))

    freshness = await served.wiring.model.current()

    assert await _ids(served) == [served.deployment.item.id]
    assert (freshness.age, freshness.stale, freshness.fault) == (timedelta(minutes=7), True, str(OUTAGE))


async def test_after_a_failure_reads_do_not_wait_again_at_once(served: Served) -> None:
    """For five seconds the ledger is left alone, then it is asked again."""
    await served.wiring.model.current()
    served.line.fault = OUTAGE
    served.deployment.clock.advance(timedelta(seconds=3))
    await served.wiring.model.current()
    asked = len(served.line.calls)
    served.line.fault = None

    served.deployment.clock.advance(timedelta(seconds=4))
    assert (await served.wiring.model.current()).fault
    assert len(served.line.calls) == asked
    served.deployment.clock.advance(timedelta(seconds=2))
    assert (await served.wiring.model.current()).fault is None


async def test_without_any_facts_it_says_so(served: Served) -> None:
    """A ledger that was never read leaves nothing to answer from."""
    served.line.fault = OUTAGE

    with pytest.raises(ServiceUnavailable, match="the table does not answer"):
        await served.wiring.model.current()


async def test_many_readers_share_one_reading(served: Served) -> None:
    """Ten requests at once ask the ledger once."""
    await asyncio.gather(*(served.wiring.model.current() for _ in range(10)))

    assert served.line.calls.count("recent_items") == 1


async def test_a_command_is_seen_before_the_feed_brings_it(served: Served) -> None:
    """What a command wrote is put into the read model at once."""
    action = asked_about_group(served.deployment)
    await served.wiring.model.current()
    approved = commands.approve(action.id, "bob", served.deployment.ports)

    await served.wiring.model.put(Facts(actions=(approved,)))

    async with served.wiring.model.sessions() as session:
        assert await find_action(session, action.id) == approved


async def test_a_process_that_starts_during_an_outage_shows_what_the_last_one_stored(
    deployment: Deployment, tmp_path: Path
) -> None:
    """The embedded read model outlives its process."""
    address = f"sqlite+aiosqlite:///{tmp_path}/state/read-model.db"
    fixed_group(deployment)
    first = Served(deployment, address)
    await first.wiring.model.current()
    await first.close()
    deployment.clock.advance(timedelta(hours=1))
    second = Served(deployment, address)
    second.line.fault = OUTAGE

    freshness = await second.wiring.model.current()

    assert (freshness.age, freshness.fault) == (timedelta(hours=1), str(OUTAGE))
    assert await _ids(second) == [deployment.item.id]
    await second.close()
