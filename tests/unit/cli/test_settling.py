"""Following an environment until it is as it was asked to be."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sleeping_cloud import whole


@pytest.fixture
def noon(terminal: Any) -> Any:
    """A terminal at noon in New York, and an environment that can sleep."""
    terminal.deployment.clock.at = datetime(2026, 11, 24, 17, tzinfo=UTC)
    terminal.estate = whole()
    return terminal


def test_an_environment_is_followed_until_it_sleeps(noon: Any) -> None:
    """And one that needs no move is there at once."""
    ended = noon.run("env", "stop", "dev", "--reason", "x", "--wait")

    assert ended.exit_code == 0
    assert "dev is as you want it, after" in ended.stderr
    assert noon.estate.picture()["databases"] == {"orders": "stopped"}


def test_patience_has_an_end_and_the_scheduler_goes_on(noon: Any) -> None:
    """The exception stands."""
    noon.estate.slow = True
    ended = noon.run("env", "stop", "dev", "--reason", "x", "--wait", "--timeout", "5")

    assert ended.exit_code == 1
    assert "dev is still on its way after 5 s" in ended.stderr
    assert len(noon.store.read().overrides("dev")) == 1
