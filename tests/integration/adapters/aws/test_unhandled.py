"""The queue of events that could not be handled."""

import json
from typing import Any

import pytest
from builders import group_opened
from inprocess import Account
from opsplane import flow
from opsplane.adapters.aws.unhandled import SqsUnhandledQueue
from opsplane.errors import PermanentError


def test_an_event_is_kept_whole_with_its_error_beside_it(aws: Account) -> None:
    """Whoever looks into the queue sees what came, why it was not handled, and by whom."""
    SqsUnhandledQueue(aws.queue_url, "remediator").keep(group_opened(), "nobody reads it")

    [kept] = aws.unhandled()
    assert json.loads(kept["Body"]) == group_opened()
    assert {name: each["StringValue"] for name, each in kept["MessageAttributes"].items()} == {
        "reason": "nobody reads it",
        "function": "remediator",
    }


@pytest.mark.parametrize("letter", ["x", "é", "中", "😀", "\u0007"])
def test_the_largest_event_of_any_text_is_kept_whole(aws: Account, letter: str) -> None:
    """256 KB is what EventBridge delivers; escaped it is larger, and the queue takes it."""
    text = letter * (250_000 // len(json.dumps(letter, ensure_ascii=False).encode()))
    event = {"id": "event-1", "detail": {"text": text}}

    record = flow.receive(event, aws.ports())[0]

    [kept] = aws.unhandled()
    assert json.loads(kept["Body"]) == event
    assert record.outcome == "refuse"


@pytest.mark.parametrize("reason", ["", "\x00\x08", "a\nb\u2028c", "x" * 5000, "\ud800\uffff", "<!channel>"])
def test_a_reason_of_any_text_is_taken(aws: Account, reason: str) -> None:
    """SQS refuses control characters, half characters and empty values in attributes."""
    SqsUnhandledQueue(aws.queue_url, "remediator").keep({}, reason)

    [kept] = aws.unhandled()
    value = kept["MessageAttributes"]["reason"]["StringValue"]
    assert 0 < len(value) <= 1000
    assert value.isprintable()


@pytest.mark.parametrize("event", [None, [], "text", 7, {"a": object}])
def test_what_is_no_event_is_kept_too(aws: Account, event: Any) -> None:
    """Also a value that JSON does not know, as text."""
    SqsUnhandledQueue(aws.queue_url, "remediator").keep(event, "no event")

    assert len(aws.unhandled()) == 1


def test_a_queue_that_is_gone_is_an_error(aws: Account) -> None:
    """Nothing is dropped in silence: the function fails, and Lambda keeps the event."""
    with pytest.raises(PermanentError, match="keep an unhandled event"):
        SqsUnhandledQueue(aws.queue_url + "-gone", "remediator").keep({}, "x")
