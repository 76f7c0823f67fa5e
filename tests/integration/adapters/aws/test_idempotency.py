"""At-least-once delivery made once, on DynamoDB."""

from typing import Any

import pytest
from aws_lambda_powertools.utilities.idempotency.exceptions import IdempotencyAlreadyInProgressError
from inprocess import IDEMPOTENCY, Account
from opsplane.adapters.aws import idempotency
from opsplane.adapters.aws.idempotency import run_once
from opsplane.errors import ServiceUnavailable


@pytest.fixture(autouse=True)
def _fresh_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "opsplane-dev-remediator")
    idempotency._store.cache_clear()  # noqa: SLF001 - a store keeps the client of the account before


class Context:
    """What Lambda tells a function about its invocation."""

    def get_remaining_time_in_millis(self) -> int:
        """Half a minute is left."""
        return 30_000


class Work:
    """Counts how often it is done."""

    def __init__(self, *answers: Any) -> None:
        """What it answers, one after the other; exceptions are raised."""
        self.answers = list(answers)
        self.done = 0

    def __call__(self) -> Any:
        """Do it."""
        self.done += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_work_is_done_once_for_a_key(aws: Account) -> None:
    """The repetition gets the first answer."""
    assert aws
    work = Work([{"outcome": "act"}], "never")

    answers = [run_once(work, "event-1", IDEMPOTENCY, Context()) for _ in range(10)]

    assert (answers, work.done) == ([[{"outcome": "act"}]] * 10, 1)


def test_another_key_is_other_work(aws: Account) -> None:
    """Two events are two."""
    assert aws
    work = Work(1, 2)

    assert [run_once(work, key, IDEMPOTENCY, Context()) for key in ("event-1", "event-2")] == [1, 2]


def test_work_that_failed_is_done_again(aws: Account) -> None:
    """AWS delivers again after a temporary error, and then it must not be told that all is done."""
    assert aws
    work = Work(ServiceUnavailable("throttled"), "done")
    with pytest.raises(ServiceUnavailable):
        run_once(work, "event-1", IDEMPOTENCY, Context())

    assert run_once(work, "event-1", IDEMPOTENCY, Context()) == "done"


def test_a_second_delivery_at_the_same_moment_is_sent_away(aws: Account) -> None:
    """It does nothing; AWS delivers it again later, and then it gets the answer."""
    assert aws
    inner: list[str] = []

    def work() -> str:
        with pytest.raises(IdempotencyAlreadyInProgressError):
            run_once(lambda: inner.append("done twice"), "event-1", IDEMPOTENCY, Context())
        return "done"

    assert run_once(work, "event-1", IDEMPOTENCY, Context()) == "done"
    assert inner == []
