"""The two calls that everything in the ledger's table shares."""

import pytest
from inprocess import LEDGER, Account
from opsplane.adapters.aws.ledger_rows import NEW, row_of
from opsplane.adapters.aws.ledger_table import query, transact
from opsplane.errors import LedgerConflict, ResourceNotFound


def put(sk: str, condition: str = "attribute_exists(pk) OR attribute_not_exists(pk)") -> dict[str, object]:
    """A row of one partition."""
    return {"Put": {"TableName": LEDGER, "Item": row_of("P", sk, sk), "ConditionExpression": condition}}


def keys(more: str = "", **values: str) -> list[str]:
    """The sort keys of that partition."""
    return [row["sk"]["S"] for row in query(LEDGER, "P", more, {f":{name}": text for name, text in values.items()})]


def test_a_partition_is_read_in_order_whole_or_in_part(aws: Account) -> None:
    """However the rows were written."""
    assert aws
    transact(LEDGER, [put("b#2"), put("a"), put("b#1")], "rows")

    assert keys() == ["a", "b#1", "b#2"]
    assert keys("begins_with(sk, :sk)", sk="b#") == ["b#1", "b#2"]


def test_rows_are_written_all_or_none_and_the_conflict_says_of_what(aws: Account) -> None:
    """One condition that does not hold is enough."""
    assert aws
    transact(LEDGER, [put("a")], "rows")

    with pytest.raises(LedgerConflict, match="the rows was written by somebody else"):
        transact(LEDGER, [put("b"), put("a", NEW)], "the rows")
    assert keys() == ["a"]


def test_a_table_that_does_not_exist_is_named(aws: Account) -> None:
    """For reading and for writing."""
    assert aws
    with pytest.raises(ResourceNotFound, match="query ledger nowhere"):
        query("nowhere", "P")
    with pytest.raises(ResourceNotFound, match="write to ledger nowhere"):
        transact("nowhere", [{"Put": {**put("a")["Put"], "TableName": "nowhere"}}], "rows")  # type: ignore[dict-item]
