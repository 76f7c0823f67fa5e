"""The rows of the ledger's table."""

from datetime import UTC, datetime

import pytest
from opsplane.adapters.aws.ledger_rows import NEW, body_of, condition_of, row_of, stamp


@pytest.mark.parametrize("size", [0, 15_999, 16_000, 500_000])
def test_a_value_of_any_size_comes_back(size: int) -> None:
    """A large one is packed: DynamoDB holds 400 KB in an item."""
    value = "x" * size

    row = row_of("PK", "SK", value)

    assert body_of(row) == value
    assert len(str(row)) < 20_000


def test_stamps_sort_by_time() -> None:
    """Also around a full second, where no fraction would be written."""
    moments = [datetime(2026, 11, 22, 9, 59, 59, 999999, UTC), datetime(2026, 11, 22, 10, tzinfo=UTC)]

    assert stamp(moments[0]) < stamp(moments[1])


def test_a_row_is_written_over_the_version_that_was_read_only() -> None:
    """And a new one only where there is none."""
    assert condition_of(0) == (NEW, None)
    assert condition_of(3) == ("version = :v", {":v": {"N": "3"}})
