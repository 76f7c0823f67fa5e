"""The guard of the notifier, on Powertools Idempotency."""

import pytest
from inprocess import IDEMPOTENCY, Account
from opsplane.adapters.aws.guard import IdempotencyGuard
from opsplane.errors import DeliveryFailed, ServiceUnavailable


class Invocation:
    """What Lambda says of an invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """How long it may still run."""
        return 30_000


def test_work_that_came_to_its_end_is_not_done_again(aws: Account) -> None:  # noqa: ARG001 - the table
    """Also not by another invocation."""
    done: list[str] = []

    for _ in range(3):
        IdempotencyGuard(IDEMPOTENCY, Invocation()).once("Slack:n-1", lambda: done.append("sent"))
    IdempotencyGuard(IDEMPOTENCY, Invocation()).once("Slack:n-2", lambda: done.append("other"))

    assert done == ["sent", "other"]


def test_work_that_failed_is_done_again(aws: Account) -> None:
    """The error comes through as it is, and leaves no trace."""
    guard = IdempotencyGuard(IDEMPOTENCY, Invocation())

    def fail() -> None:
        message = "Slack answered 503"
        raise DeliveryFailed(message)

    with pytest.raises(DeliveryFailed):
        guard.once("Slack:n-1", fail)

    assert aws.client("dynamodb").scan(TableName=IDEMPOTENCY)["Items"] == []


def test_a_store_that_is_missing_brings_the_record_back(aws: Account) -> None:  # noqa: ARG001 - an account without it
    """Better twice than never, but not before somebody can tell."""
    with pytest.raises(ServiceUnavailable, match="Slack:n-1"):
        IdempotencyGuard("no-such-table", Invocation()).once("Slack:n-1", lambda: None)
