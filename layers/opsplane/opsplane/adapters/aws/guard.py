"""The guard of the notifier, on Powertools Idempotency."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.idempotency.exceptions import BaseError

from opsplane.adapters.aws.idempotency import run_once
from opsplane.errors import ServiceUnavailable


class IdempotencyGuard:
    """Implements `opsplane.delivery.ports.Guard`; the invocation's `context` bounds how long a crashed try blocks."""

    def __init__(self, table: str, context: Any) -> None:
        """What came to its end is remembered in the DynamoDB table of that name."""
        self._table = table
        self._context = context

    def once(self, key: str, work: Callable[[], None]) -> None:
        """Run `work` once for a key; see the port for what it raises."""
        try:
            run_once(work, key, self._table, self._context)
        except BaseError as error:
            message = f"cannot tell whether {key} was done already: {type(error).__name__}: {error}"
            raise ServiceUnavailable(message) from error
