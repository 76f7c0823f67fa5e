"""The ledger in memory makes the same promises as the one on DynamoDB."""

import pytest
from ledger_promises import LedgerPromises, change, item
from opsplane.adapters.memory.ledger import MemoryLedger
from opsplane.ledger.ledger import Change


class TestMemoryLedger(LedgerPromises):
    """The common promises."""

    @pytest.fixture
    def ledger(self) -> MemoryLedger:
        """An empty ledger."""
        return MemoryLedger()


def test_a_test_can_step_in_between_read_and_write() -> None:
    """Whoever wants to see a conflict writes in this very moment."""
    seen: list[Change] = []
    ledger = MemoryLedger(before_write=seen.append)

    ledger.write(change(item()))

    assert [each.item and each.item.id for each in seen] == ["7f3k2m9qxd"]
