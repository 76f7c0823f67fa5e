"""Messages of the unhandled queue, from each of those who fill it."""

from typing import Any

import pytest
from builders import group_opened
from opsplane_cli.connection import Connection
from opsplane_cli.waiting import UnhandledEvents, Waiting

QUEUE = "opsplane-dev-unhandled"
ARN = "arn:aws:lambda:us-east-1:000000000000:function:opsplane-dev-drift:$LATEST"


def taken(terminal: Any, limit: int = 100) -> tuple[Waiting, ...]:
    """What the queue hands out."""
    clients = {"sqs": terminal.queues}
    connection = Connection(
        terminal.deployment.ports, "ada", local=True, client=clients.__getitem__, session=None, store=terminal.store
    )
    return UnhandledEvents(connection).take(limit)


def test_an_event_that_a_function_kept(terminal: Any) -> None:
    """Reason and function stand beside it."""
    terminal.queues.have(QUEUE, group_opened(), reason="why", function="remediator")

    [found] = taken(terminal)

    assert (found.event, found.reason, found.function) == (group_opened(), "why", "remediator")


def test_an_event_that_eventbridge_could_not_deliver(terminal: Any) -> None:
    """The error code and the target are EventBridge's."""
    terminal.queues.have(QUEUE, group_opened(), ERROR_CODE="NO_PERMISSIONS", ERROR_MESSAGE="denied", TARGET_ARN=ARN)

    [found] = taken(terminal)

    assert (found.reason, found.function) == ("NO_PERMISSIONS: denied", "drift")


def test_an_event_that_eventbridge_could_not_put_into_the_queue_of_notices(terminal: Any) -> None:
    """Its target is a queue, which the notifier reads."""
    arn = "arn:aws:sqs:us-east-1:000000000000:opsplane-dev-notices"
    terminal.queues.have(QUEUE, group_opened(), ERROR_CODE="X", TARGET_ARN=arn)

    [found] = taken(terminal)

    assert found.function == "notifier"


def test_an_event_on_which_a_function_failed_for_good(terminal: Any) -> None:
    """Lambda wraps the event into a record of the failed invocation."""
    record = {
        "requestContext": {"functionArn": ARN, "condition": "RetriesExhausted"},
        "requestPayload": {"kind": "daily"},
        "responsePayload": {"errorMessage": "no state"},
    }
    terminal.queues.have(QUEUE, record)

    [found] = taken(terminal)

    assert (found.event, found.reason, found.function) == ({"kind": "daily"}, "RetriesExhausted: no state", "drift")
    assert found.subject == "daily"


@pytest.mark.parametrize(
    "body",
    [{"detail-type": "Notice Requested", "id": "n"}, {"Type": "Notification", "TopicArn": "arn:x", "Message": "{}"}],
)
def test_a_message_that_the_notifier_gave_back_too_often(terminal: Any, body: object) -> None:
    """SQS moves it without a word beside it."""
    terminal.queues.have(QUEUE, body)

    [found] = taken(terminal)

    assert found.function == "notifier"


@pytest.mark.parametrize("body", ["no json", "[1, 2]", '"text"', "null", "{}"])
def test_whatever_else_is_there_is_shown_too(terminal: Any, body: str) -> None:
    """A message that nobody understands is not hidden."""
    terminal.queues.have(QUEUE, body)

    [found] = taken(terminal)

    assert found.reason == "no reason is kept with it"
    assert found.event_id == "message-1"
    assert found.subject


def test_more_than_one_batch_is_taken_and_no_more_than_the_limit(terminal: Any) -> None:
    """SQS hands out ten at a time."""
    for _ in range(25):
        terminal.queues.have(QUEUE, group_opened(), reason="why")

    assert len(taken(terminal, limit=12)) == 12
    assert len(taken(terminal)) == 13
