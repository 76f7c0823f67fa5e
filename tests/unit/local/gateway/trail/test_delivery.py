"""Putting events on the bus."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.trail import delivery
from opsplane_local.gateway.trail.delivery import Delivery, batches


class PlayedBus(httpx.AsyncBaseTransport):
    """A bus that takes everything after some failures, but refuses the source `aws.refused`."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.requests: list[httpx.Request] = []
        self.taken: list[dict[str, Any]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take one PutEvents."""
        self.requests.append(request)
        if len(self.requests) <= self.failures:
            message = "refused"
            raise httpx.ConnectError(message)
        entries = json.loads(request.content)["Entries"]
        self.taken += entries
        results = [
            {"ErrorCode": "NotAuthorized", "ErrorMessage": "no"}
            if entry["Source"] == "aws.refused"
            else {"EventId": "1"}
            for entry in entries
        ]
        return httpx.Response(200, json={"Entries": results})


@pytest.fixture
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "PAUSES", (0.0, 0.0))


def entry(number: int, source: str = "aws.ec2", size: int = 2) -> dict[str, Any]:
    """Return a numbered entry with a detail of `size` bytes."""
    return {"Source": source, "DetailType": str(number), "Detail": "x" * size}


def test_entries_are_batched_in_order() -> None:
    """Ten entries at most, and no more bytes than a batch may have."""
    grouped = batches([entry(number) for number in range(12)] + [entry(12, size=200_000), entry(13, size=200_000)])

    assert [[item["DetailType"] for item in batch] for batch in grouped] == [
        [str(number) for number in range(10)],
        ["10", "11", "12"],
        ["13"],
    ]


def test_entries_are_sent_signed() -> None:
    """The bus sees a signed PutEvents of the person at the laptop."""
    bus = PlayedBus()
    sender = Delivery(Forwarder("http://127.0.0.1:4569", bus), "us-east-1")

    asyncio.run(sender.put([entry(1)]))

    [request] = bus.requests
    assert request.headers["x-amz-target"] == "AWSEvents.PutEvents"
    assert "Credential=test/" in request.headers["authorization"]
    assert "/us-east-1/events/aws4_request" in request.headers["authorization"]
    assert (sender.sent, sender.dropped) == (1, 0)


@pytest.mark.usefixtures("_no_pauses")
def test_bus_that_restarts_still_gets_the_events() -> None:
    """A short outage costs nothing."""
    bus = PlayedBus(failures=2)
    sender = Delivery(Forwarder("http://bus", bus), "us-east-1")

    asyncio.run(sender.put([entry(1)]))

    assert (sender.sent, sender.dropped, len(bus.taken)) == (1, 0, 1)


@pytest.mark.usefixtures("_no_pauses")
def test_events_are_dropped_aloud_when_the_bus_stays_away(caplog: pytest.LogCaptureFixture) -> None:
    """What is lost is counted and logged."""
    sender = Delivery(Forwarder("http://bus", PlayedBus(failures=9)), "us-east-1")

    asyncio.run(sender.put([entry(1), entry(2)]))

    assert (sender.sent, sender.dropped) == (0, 2)
    assert "An event was not delivered: no answer from http://bus: refused" in caplog.text


def test_refused_entry_is_logged_with_the_reason(caplog: pytest.LogCaptureFixture) -> None:
    """One refused entry does not take the others with it."""
    sender = Delivery(Forwarder("http://bus", PlayedBus()), "us-east-1")

    asyncio.run(sender.put([entry(1), entry(2, "aws.refused")]))

    assert (sender.sent, sender.dropped) == (1, 1)
    assert "NotAuthorized no" in caplog.text
