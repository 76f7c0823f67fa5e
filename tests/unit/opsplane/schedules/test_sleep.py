"""What is on record about a workload that sleeps."""

from datetime import UTC, datetime, timedelta

import pytest
from opsplane.schedules.sleep import Phase, Sleep
from opsplane.schedules.timeline import Rule, Wish

START = datetime(2026, 11, 24, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_sleep_lasts_from_when_it_was_seen_asleep() -> None:
    """Not from the first call; and only as far as the time that is asked about."""
    going = Sleep(environment="dev", key="rds:orders", began_at=START)
    asleep = going.changed(reached_at=START + HOUR)
    ended = asleep.changed(ended_at=START + 5 * HOUR)

    assert going.lasted(START, START + 9 * HOUR) == timedelta()
    assert asleep.lasted(START, START + 9 * HOUR) == 8 * HOUR
    assert ended.lasted(START, START + 9 * HOUR) == 4 * HOUR
    assert ended.lasted(START + 3 * HOUR, START + 4 * HOUR) == HOUR
    assert ended.lasted(START + 6 * HOUR, START + 9 * HOUR) == timedelta()


def test_each_change_is_a_version() -> None:
    """Conditional writes count on it."""
    assert Sleep(environment="dev", key="rds:orders", began_at=START).changed(error="x").version == 2


def test_a_phase_tells_one_night_from_the_next() -> None:
    """And one exception from another."""
    first = Phase(state=Wish.STOPPED, rule=Rule.SCHEDULE, source="office", since=START)

    assert first.id == "office@20261124T010000"
    assert first.model_copy(update={"since": START + 24 * HOUR}).id != first.id


@pytest.mark.parametrize("key", ["alarm:High CPU ", "alarm: x", f"alarm:{'a' * 255}", f"ecs:{'c' * 255}/{'s' * 255}"])
def test_a_key_is_kept_exactly_as_aws_spells_it(key: str) -> None:
    """A shortened one would not be found again: the alarm would stay silent for good."""
    kept = Sleep(environment="dev", key=key, began_at=START)

    assert Sleep.model_validate_json(kept.model_dump_json()).key == key
