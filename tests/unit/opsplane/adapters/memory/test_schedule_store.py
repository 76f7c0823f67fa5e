"""The store of schedules in memory."""

import pytest
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from schedule_promises import SchedulePromises


@pytest.fixture
def store() -> MemoryScheduleStore:
    """An empty store."""
    return MemoryScheduleStore()


class TestMemoryScheduleStore(SchedulePromises):
    """It promises what DynamoDB's does."""
