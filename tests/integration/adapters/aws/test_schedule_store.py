"""The store of schedules in the ledger's table."""

from collections.abc import Iterator

import pytest
from inprocess import LEDGER, Account, account
from opsplane.adapters.aws.schedule_store import DynamoScheduleStore
from opsplane.errors import ResourceNotFound
from opsplane.schedules.sleep import Head
from opsplane.schedules.store import Exceptions
from schedule_promises import SchedulePromises, override, pushed


class TestDynamoScheduleStore(SchedulePromises):
    """The common promises."""

    @pytest.fixture
    def store(self) -> Iterator[DynamoScheduleStore]:
        """An empty table."""
        with account():
            yield DynamoScheduleStore(LEDGER)


def test_a_sweep_reads_one_partition(aws: Account) -> None:
    """Whatever sleeps, and however many files there were."""
    store = DynamoScheduleStore(LEDGER)
    store.push(pushed(1))
    store.push(pushed(2))
    store.put_exceptions("dev", Exceptions((override(),), 1))
    store.put_head(Head(environment="dev", version=1))

    rows = aws.client("dynamodb").scan(TableName=LEDGER)["Items"]

    assert sorted(row["sk"]["S"] for row in rows if row["pk"]["S"] == "SCHEDULES") == [
        "FILE",
        "HEAD#dev",
        "OVERRIDES#dev",
    ]


def test_a_table_that_does_not_exist_is_named(aws: Account) -> None:
    """A wrong setting is found at the first read."""
    assert aws
    with pytest.raises(ResourceNotFound, match="query ledger nowhere"):
        DynamoScheduleStore("nowhere").read()
