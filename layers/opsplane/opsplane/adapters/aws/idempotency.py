"""At-least-once delivery made once: Powertools Idempotency on DynamoDB.

The ledger recognises repetitions too; this guards against two deliveries at the same moment, before any AWS call.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)

from opsplane.adapters.aws.clients import client

_PERIOD = 6 * 3600
"""Seconds for which a repetition is answered from the store."""


@cache
def _store(table: str) -> DynamoDBPersistenceLayer:
    return DynamoDBPersistenceLayer(table_name=table, boto3_client=client("dynamodb"))


def run_once[T](work: Callable[[], T], key: str, table: str, context: Any) -> T:
    """Run `work` unless it ran for the same key already; then its earlier answer.

    Raises:
        IdempotencyAlreadyInProgressError: another delivery is at work on it; deliver again.
    """
    config = IdempotencyConfig(expires_after_seconds=_PERIOD)
    if hasattr(context, "get_remaining_time_in_millis"):
        config.register_lambda_context(context)

    def keyed(*, key: str) -> T:  # noqa: ARG001 - the store reads it
        return work()

    keyed.__qualname__ = "run_once"
    guarded = idempotent_function(keyed, data_keyword_argument="key", persistence_store=_store(table), config=config)
    answer: T = guarded(key=key)
    return answer
