"""The scheduler's ports."""

import pytest
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.assembly import scheduler


@pytest.mark.usefixtures("_told")
def test_the_desk_keeps_its_things_in_the_ledgers_table() -> None:
    """Nothing is called to make it."""
    desk = scheduler.desk()

    assert isinstance(desk.store, DynamoScheduleStore)
    assert desk.ports.settings.schedule_timezone == "America/New_York"
