"""The two calls to the ledger's table that everything in it shares: writing all or nothing, and reading a partition."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import is_conflict, translated
from opsplane.errors import LedgerConflict


def transact(table: str, puts: list[dict[str, Any]], what: str) -> None:
    """Write all or nothing; `what` is what somebody else may have written.

    Raises:
        LedgerConflict: a condition did not hold. ServiceUnavailable: the store cannot be reached.
    """
    try:
        with translated(f"write to ledger {table}"):
            client("dynamodb").transact_write_items(TransactItems=puts)
    except Exception as error:
        if isinstance(error.__cause__, ClientError) and is_conflict(error.__cause__):
            text = f"{what} was written by somebody else"
            raise LedgerConflict(text) from error
        raise


def query(table: str, pk: str, more: str = "", values: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The rows of a partition, in the order of their sort keys, consistently; `more` is a condition on the sort key.

    Raises:
        ResourceNotFound: there is no such table. ServiceUnavailable: the store cannot be reached.
    """
    texts = {":pk": pk, **(values or {})}
    with translated(f"query ledger {table}"):
        pages = (
            client("dynamodb")
            .get_paginator("query")
            .paginate(
                TableName=table,
                KeyConditionExpression=f"pk = :pk AND {more}" if more else "pk = :pk",
                ExpressionAttributeValues={name: {"S": text} for name, text in texts.items()},
                ConsistentRead=True,
            )
        )
        return [row for page in pages for row in page["Items"]]
