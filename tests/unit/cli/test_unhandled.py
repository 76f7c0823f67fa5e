"""`opsplane unhandled`: the list, and sending events back in."""

from typing import Any

import pytest
from builders import call, group_opened

QUEUE = "opsplane-dev-unhandled"


@pytest.fixture
def waiting(terminal: Any) -> Any:
    """A terminal in front of a queue with one event that can be handled by now and one that still cannot."""
    terminal.queues.have(QUEUE, group_opened(), reason="the table was away", function="remediator")
    broken = call("ec2", "AuthorizeSecurityGroupIngress", None, id="event-2")
    terminal.queues.have(QUEUE, broken, reason="it does not say which group", function="remediator")
    return terminal


def test_what_waits_is_listed_with_its_reason(waiting: Any) -> None:
    """Age, function, kind of event and reason; the messages stay, visible to others."""
    result = waiting.run("unhandled")

    told = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "1m ago remediator AWS API Call via CloudTrail event-1 the table was away" in told
    assert "2 events" in told
    assert len(waiting.queues.messages[QUEUE]) == 2
    assert waiting.queues.hidden == set()


def test_the_list_as_json_holds_each_event_whole(waiting: Any) -> None:
    """A program gets the event, its reason, the function and the moment."""
    document = waiting.document("unhandled")

    first = document["unhandled"][0]
    assert first["event"] == group_opened()
    assert (first["reason"], first["function"]) == ("the table was away", "remediator")
    assert first["kept_at"] == "2026-11-22T09:59:00+00:00"


def test_an_empty_queue_says_so(terminal: Any) -> None:
    """On standard error, with success."""
    terminal.queues.messages[QUEUE] = []

    result = terminal.run("unhandled")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing waits in dev" in result.stderr


def test_a_missing_queue_means_that_nothing_is_deployed(terminal: Any) -> None:
    """Exit code 5 and advice."""
    result = terminal.run("unhandled")

    assert (result.exit_code, result.stdout) == (5, "")
    assert "Is opsplane deployed there?" in result.stderr


def test_an_event_that_can_be_handled_by_now_leaves_the_queue(waiting: Any) -> None:
    """It goes back under a new id, so that no memory of the old one swallows it."""
    result = waiting.run("unhandled", "--redrive", "--event", "event-1")

    assert result.exit_code == 0
    assert waiting.deployment.cloud.rules() == []
    [(function, kind, event)] = waiting.functions.invoked
    assert (function, kind) == ("opsplane-dev-remediator", "Event")
    assert event["id"] != "event-1"
    assert [each["MessageId"] for each in waiting.queues.messages[QUEUE]] == ["message-2"]
    assert waiting.queues.hidden == {"message-1"}


def test_an_event_that_is_refused_again_is_kept_again(waiting: Any) -> None:
    """The function puts it back into the queue, and exit code 6 tells."""
    result = waiting.run("unhandled", "--redrive", "--json")

    assert result.exit_code == 6
    assert len(waiting.deployment.queue.kept) == 1
    assert waiting.queues.messages[QUEUE] == []


def test_an_event_that_cannot_be_handed_over_stays(waiting: Any) -> None:
    """Nothing is lost when the function is gone."""
    waiting.functions.invoke = _refuse

    result = waiting.run("unhandled", "--redrive")

    assert result.exit_code == 5
    assert len(waiting.queues.messages[QUEUE]) == 2
    assert waiting.queues.hidden == set()


def _refuse(**_: Any) -> None:
    from botocore.exceptions import ClientError  # noqa: PLC0415 - only here

    raise ClientError({"Error": {"Code": "ResourceNotFoundException", "Message": "no such function"}}, "Invoke")


def test_a_notice_goes_back_to_the_queue_of_notices(terminal: Any) -> None:
    """The notifier takes its work from there, not from an invocation."""
    notice = {"source": "opsplane", "detail-type": "Notice Requested", "id": "n-1", "detail": {}}
    terminal.queues.have(QUEUE, notice)
    terminal.queues.messages["opsplane-dev-notices"] = []

    result = terminal.run("unhandled", "--redrive")

    assert result.exit_code == 0
    assert len(terminal.queues.messages["opsplane-dev-notices"]) == 1
    assert terminal.queues.messages[QUEUE] == []
    assert terminal.functions.invoked == []
