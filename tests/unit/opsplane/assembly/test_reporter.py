"""The reporter's ports."""

from datetime import UTC, datetime, timedelta

import pytest
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.assembly import reporter
from opsplane.errors import PermanentError
from opsplane.schedules.sleep import Head, Sleep


@pytest.mark.usefixtures("_told")
def test_a_report_without_a_bucket_says_which_variable_to_set() -> None:
    """Before anything is called."""
    with pytest.raises(PermanentError, match="OPSPLANE_REPORT_BUCKET"):
        reporter.ports().shelf.put("key", "text", "text/plain")


def test_what_sleep_saved_is_read_of_every_environment_that_slept() -> None:
    """What is over and what lasts, within the time of the report."""
    start = datetime(2026, 11, 1, tzinfo=UTC)
    store = MemoryScheduleStore()
    for name in ("dev", "prod"):
        store.put_head(Head(environment=name, version=1))
    store.put_sleep(Sleep(environment="dev", key="rds:orders", hourly=0.018, began_at=start, reached_at=start))

    [found] = reporter.read_saved(store, start, start + timedelta(hours=100))

    assert (found.environment, found.usd, found.hours) == ("dev", 1.8, 100)
    assert found.lines == ("RDS instance orders: 100 hours, $1.80",)
