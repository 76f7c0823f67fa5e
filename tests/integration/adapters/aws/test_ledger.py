"""The ledger in one DynamoDB table."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from builders import NOW, guardduty
from inprocess import LEDGER, Account, account
from ledger_promises import LedgerPromises, action, change, item, message, record
from opsplane import flow
from opsplane.adapters.aws.ledger import DynamoLedger
from opsplane.adapters.aws.ledger_rows import EVENT_RETENTION
from opsplane.errors import LedgerConflict, ResourceNotFound
from opsplane.ledger.entry import EntryKind
from opsplane.ledger.ledger import Change, Trail
from opsplane.playbooks.plan import Plan


class TestDynamoLedger(LedgerPromises):
    """The common promises."""

    @pytest.fixture
    def ledger(self) -> Iterator[DynamoLedger]:
        """An empty table."""
        with account():
            yield DynamoLedger(LEDGER)


def test_a_message_has_a_minute_before_the_sweep_takes_it_up(aws: Account) -> None:
    """Whoever wrote it is about to publish it."""
    ledger = aws.ports().ledger
    ledger.write(Change(outbox=(message(),)))

    assert ledger.due(NOW + timedelta(seconds=59), 10).messages == ()
    assert ledger.due(NOW + timedelta(seconds=60), 10).messages == (message(),)


def test_a_record_of_an_event_expires_and_a_trail_does_not(aws: Account) -> None:
    """Deliveries are recognised for ninety days; what was done stays."""
    aws.ports().ledger.write(change(item(), event=record()))

    rows = aws.client("dynamodb").scan(TableName=LEDGER)["Items"]

    expiring = {row["sk"]["S"]: int(row["expires_at"]["N"]) for row in rows if "expires_at" in row}
    assert expiring == {"event-1:threat": int((NOW + EVENT_RETENTION).timestamp())}


def test_a_table_that_does_not_exist_is_named(aws: Account) -> None:
    """A wrong setting is found at the first read."""
    assert aws
    with pytest.raises(ResourceNotFound, match="read from ledger nowhere"):
        DynamoLedger("nowhere").item("x")


def test_a_trail_longer_than_a_page_is_read_whole(aws: Account) -> None:
    """DynamoDB answers a megabyte at a time."""
    ledger = aws.ports().ledger
    heavy = action(plan=Plan(playbook="p", resource=item().resource, steps=(), evidence={"rules": "x" * 200_000}))
    for number in range(8):
        trail = Trail(ledger.item("7f3k2m9qxd") or item(), NOW, "remediator")
        trail.add(EntryKind.STEP, str(number), heavy)
        ledger.write(trail.change())

    texts = [entry.text for entry in ledger.entries("7f3k2m9qxd")]

    assert texts == [str(number) for number in range(8)]


def test_writers_at_the_same_time_lose_nothing(aws: Account) -> None:
    """One item, many signals, written one over the other: each is counted."""
    ports = aws.ports()

    for number in range(12):
        flow.receive(guardduty(id=f"event-{number}"), ports)

    [only] = ports.ledger.recent_items(10)
    assert (only.signals, only.entries) == (12, 24)
    assert len(ports.ledger.entries(only.id)) == 24


def test_a_conflict_on_any_part_writes_no_other_part(aws: Account) -> None:
    """All or nothing is DynamoDB's, not ours to imitate."""
    ledger = aws.ports().ledger
    ledger.write(Change(event=record()))

    with pytest.raises(LedgerConflict):
        ledger.write(change(item(), event=record(), outbox=(message(),), memories={"sg-1": {"a": 1}}))

    assert (ledger.item("7f3k2m9qxd"), ledger.memory("sg-1")) == (None, {})
    assert ledger.due(NOW + timedelta(hours=1), 10).messages == ()
