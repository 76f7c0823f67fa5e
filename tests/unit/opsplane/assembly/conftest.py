"""Ports that are made without a call: the network is closed here."""

from collections.abc import Iterator

import pytest
from opsplane import bootstrap


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """Each test is a process of its own."""
    bootstrap.ports.cache_clear()
    yield
    bootstrap.ports.cache_clear()


@pytest.fixture
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was told what every function must know."""
    for name, value in (
        ("OPSPLANE_ENVIRONMENT", "dev"),
        ("OPSPLANE_ACCOUNT", "000000000000"),
        ("OPSPLANE_LEDGER_TABLE", "ledger"),
        ("OPSPLANE_BUS_NAME", "bus"),
    ):
        monkeypatch.setenv(name, value)
