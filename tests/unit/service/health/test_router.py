"""Health over HTTP."""

import sqlite3
from typing import Any

import pytest
from served import OUTAGE, Served
from sqlalchemy import event

pytestmark = pytest.mark.anyio


def _reasons(answer: Any) -> dict[str, tuple[str, str]]:
    return {found["name"]: (found["status"], found["reason"]) for found in answer.json()["dependencies"]}


async def test_all_is_well(served: Served) -> None:
    """Each dependency says why it is as it is."""
    answer = await served.get("/health")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert _reasons(answer) == {
        "ledger": ("ok", "it answers"),
        "database": ("ok", "it answers"),
        "read model": ("ok", "it is 0.0 s old"),
    }


async def test_liveness_looks_at_nothing(served: Served) -> None:
    """A broken dependency must not make a host kill the process."""
    served.line.fault = OUTAGE

    answer = await served.get("/health/live")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert served.line.calls == []


async def test_an_outage_degrades_but_pages_are_still_served(served: Served) -> None:
    """With a read model to show, requests are still of use here."""
    await served.get("/api/v1/items")
    served.line.fault = OUTAGE

    health, ready = await served.get("/health"), await served.get("/health/ready")

    assert (health.status_code, health.json()["status"], ready.status_code) == (200, "degraded", 200)
    assert _reasons(health)["ledger"] == ("down", str(OUTAGE))


async def test_without_ledger_and_facts_it_is_not_ready(served: Served) -> None:
    """Requests would get 503, so they should not be sent here."""
    served.line.fault = OUTAGE

    health, ready = await served.get("/health"), await served.get("/health/ready")

    assert (health.status_code, ready.status_code, ready.headers["retry-after"]) == (200, 503, "5")


async def test_a_database_that_is_gone_is_named(served: Served) -> None:
    """Commands still work without it, so it is ready all the same."""
    gone = sqlite3.OperationalError("no route to the database")

    def refuse(*_: object) -> None:
        raise gone

    event.listen(served.engine.sync_engine, "do_connect", refuse)

    health, ready = await served.get("/health"), await served.get("/health/ready")

    assert (health.json()["status"], ready.status_code) == ("degraded", 200)
    assert "no route to the database" in _reasons(health)["database"][1]
