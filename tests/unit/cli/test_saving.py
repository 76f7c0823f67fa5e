"""What sleep saved, in money."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opsplane.schedules.sleep import Sleep, SleepStatus

NOW = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def slept(terminal: Any) -> Any:
    """A month with one night, one sleep that lasts, and one start out of hours."""
    terminal.deployment.clock.at = NOW
    store = terminal.store
    for key, hours, hourly, status in (
        ("rds:orders", 12, 0.018, SleepStatus.ASLEEP),
        ("aurora:events", 12, None, SleepStatus.ASLEEP),
        ("ecs:app/web", 5, 0.04, SleepStatus.KEPT),
    ):
        start = NOW - timedelta(days=2)
        sleep = Sleep(environment="dev", key=key, hourly=hourly, status=status, began_at=start, reached_at=start)
        store.put_sleep(sleep)
        store.end_sleep(sleep.changed(ended_at=start + timedelta(hours=hours)))
    lasting = Sleep(
        environment="dev", key="rds:orders", hourly=0.018, began_at=NOW, reached_at=NOW - timedelta(hours=1)
    )
    store.put_sleep(lasting)
    return terminal


def test_savings_are_told_by_workload_with_their_baseline(slept: Any) -> None:
    """And what is not in the price table is named, not guessed."""
    told = slept.run("savings", "--env", "dev").stdout

    assert "dev saved $0.23" in told
    assert "RDS instance orders" in told
    assert "not in the price table" in told
    assert "Ran although it should have slept" in told
    assert "Baseline: what was put to sleep would have run on" in " ".join(told.split())


def test_savings_are_numbers_for_programs(slept: Any) -> None:
    """What lasts counts up to now."""
    [found] = slept.document("savings", "--env", "dev")["environments"]

    assert found["usd"] == pytest.approx(13 * 0.018, abs=0.005)
    assert [(each["key"], each["hours"]) for each in found["ran"]] == [("ecs:app/web", 5)]
    assert found["unpriced"] == ["aurora:events"]


@pytest.mark.requirement("CST-04")
def test_the_plans_figures_stand_beside_the_computed_ones(slept: Any) -> None:
    """Of every environment that the platform document has."""
    planned = slept.document("savings")["planned"]

    assert [each["document"] for each in planned["dev"]] == [10, 15]
    assert planned["dev"][0]["scheduled"] < planned["dev"][0]["always"] < planned["dev"][0]["document"]


def test_another_month_is_another_sum(slept: Any) -> None:
    """One that has not begun is none."""
    [october] = slept.document("savings", "--env", "dev", "--month", "2026-10")["environments"]

    assert (october["usd"], october["workloads"]) == (0, [])
    for month in ("2026-12", "november", "2026-13"):
        assert slept.run("savings", "--month", month).exit_code == 2
