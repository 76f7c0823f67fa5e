"""Looks at everything that the service needs. A check answers; it never raises."""

import time
from functools import partial

from opsplane.errors import OpsplaneError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.blocking import in_thread
from app.health.schemas import Dependency, Status
from app.wiring import Wiring

_PATIENCE = 2.0
_NOBODY = "health"
"""An id that no item has: asking for it costs one read."""


async def check(wiring: Wiring) -> tuple[Dependency, ...]:
    """Ledger, database and read model, each with its reason."""
    return (await _ledger(wiring), await _database(wiring), await _read_model(wiring))


def overall(dependencies: tuple[Dependency, ...]) -> Status:
    """One word for all: whatever is missing, the process itself still serves."""
    return Status.OK if all(found.status is Status.OK for found in dependencies) else Status.DEGRADED


def can_answer(dependencies: tuple[Dependency, ...]) -> bool:
    """Whether a request sent here would be of any use: the ledger answers, or there is a read model to show."""
    return any(found.status is not Status.DOWN for found in dependencies if found.name in {"ledger", "read model"})


async def _ledger(wiring: Wiring) -> Dependency:
    began = time.perf_counter()
    try:
        await in_thread(partial(wiring.ports.ledger.item, _NOBODY), _PATIENCE)
    except OpsplaneError as error:
        return Dependency(name="ledger", status=Status.DOWN, reason=str(error), milliseconds=_since(began))
    return Dependency(name="ledger", status=Status.OK, reason="it answers", milliseconds=_since(began))


async def _database(wiring: Wiring) -> Dependency:
    began = time.perf_counter()
    try:
        async with wiring.model.sessions() as session:
            await session.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError) as error:
        return Dependency(name="database", status=Status.DOWN, reason=str(error), milliseconds=_since(began))
    return Dependency(name="database", status=Status.OK, reason="it answers", milliseconds=_since(began))


async def _read_model(wiring: Wiring) -> Dependency:
    try:
        freshness = await wiring.model.current()
    except OpsplaneError as error:
        return Dependency(name="read model", status=Status.DOWN, reason=str(error))
    age = f"it is {freshness.age.total_seconds():.1f} s old"
    if freshness.stale:
        return Dependency(
            name="read model", status=Status.DEGRADED, reason=f"{age}: {freshness.fault or 'catching up'}"
        )
    return Dependency(name="read model", status=Status.OK, reason=age)


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
