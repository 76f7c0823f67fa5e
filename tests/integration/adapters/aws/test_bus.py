"""Our own bus on EventBridge."""

import json
from datetime import timedelta
from typing import Any

import pytest
from botocore.stub import Stubber
from builders import NOW
from inprocess import BUS, Account
from opsplane.adapters.aws.bus import EventBridgeBus
from opsplane.adapters.aws.clients import client
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.entry import Message


def message(number: int = 1) -> Message:
    """An own event."""
    detail = {"text": "<é😀>", "n": [number, None]}
    return Message(id=f"m-{number}", detail_type="Notice Requested", detail=detail, at=NOW + timedelta(seconds=number))


def listen(aws: Account) -> str:
    """A queue that gets everything from the bus."""
    sqs, events = aws.client("sqs"), aws.client("events")
    url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = json.dumps({"source": ["opsplane"], "detail-type": ["Notice Requested"]})
    events.put_rule(Name="all", EventBusName=BUS, EventPattern=pattern)
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[{"Id": "q", "Arn": arn}])
    return str(url)


def heard(aws: Account, url: str) -> list[dict[str, Any]]:
    """What the queue got."""
    found: list[dict[str, Any]] = []
    while messages := aws.client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [json.loads(each["Body"]) for each in messages]
        for each in messages:
            aws.client("sqs").delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
    return found


def test_a_message_reaches_whoever_listens(aws: Account) -> None:
    """Source, detail type and detail arrive as they were meant."""
    url = listen(aws)

    EventBridgeBus(BUS).publish([message()])

    [event] = heard(aws, url)
    assert (event["source"], event["detail-type"]) == ("opsplane", "Notice Requested")
    assert event["detail"] == {"text": "<é😀>", "n": [1, None]}


def test_more_messages_than_a_call_takes_are_all_published(aws: Account) -> None:
    """PutEvents takes ten."""
    url = listen(aws)

    EventBridgeBus(BUS).publish([message(number) for number in range(23)])

    assert sorted(event["detail"]["n"][0] for event in heard(aws, url)) == list(range(23))


def test_publishing_nothing_is_no_call() -> None:
    """Most writes have nothing to tell; the network is not asked."""
    EventBridgeBus("nowhere").publish([])


def test_an_entry_that_the_bus_did_not_take_is_an_error(aws: Account) -> None:
    """PutEvents answers 200 with a failed entry: that is not success."""
    assert aws
    answer = {"FailedEntryCount": 1, "Entries": [{"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}]}
    with Stubber(client("events")) as stub, pytest.raises(ServiceUnavailable, match="did not take 1 event.*Throttling"):
        stub.add_response("put_events", answer)
        EventBridgeBus(BUS).publish([message()])


def test_a_bus_that_throttles_is_worth_another_try(aws: Account) -> None:
    """The message stays in the outbox, and the sweep comes by."""
    assert aws
    with Stubber(client("events")) as stub, pytest.raises(ServiceUnavailable, match="put events on bus"):
        stub.add_client_error("put_events", "ThrottlingException", http_status_code=400)
        EventBridgeBus(BUS).publish([message()])
