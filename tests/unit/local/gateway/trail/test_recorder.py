"""From an answered call to an event on the bus."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from opsplane_local.gateway.call import Call, Request
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.trail import recorder
from opsplane_local.gateway.trail.recorder import Recorder

ACCOUNT = "000000000000"
ROOT = {"type": "Root", "arn": f"arn:aws:iam::{ACCOUNT}:root", "principal_id": "", "account": ACCOUNT, "role_id": ""}


class PlayedMinistack(httpx.AsyncBaseTransport):
    """Knows the root key and takes all events."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        if request.extensions["target"].startswith(b"/_opsplane/identity"):
            return httpx.Response(200, json=ROOT)
        entries = json.loads(request.content)["Entries"]
        self.entries += entries
        return httpx.Response(200, json={"Entries": [{"EventId": "1"} for _entry in entries]})


def record(calls: list[Call], ministack: PlayedMinistack) -> Recorder:
    """Record all `calls` and wait until they are worked off."""
    trail = Recorder(Forwarder("http://ministack", ministack), ACCOUNT, "us-east-1")

    async def work() -> None:
        async with trail.running():
            for call in calls:
                trail.record(call)

    asyncio.run(work())
    return trail


def test_calls_become_events_in_order(write: Callable[..., Request], answer: Callable[..., Call]) -> None:
    """What was called first is on the bus first, reads and data calls are not."""
    ministack = PlayedMinistack()
    calls = [
        answer(write("iam", "delete_role", RoleName="r"), 200, "<DeleteRoleResponse/>"),
        answer(write("iam", "list_roles"), 200, "<ListRolesResponse/>"),
        answer(write("s3", "put_object", Bucket="b", Key="k", Body=b"x"), 200),
        answer(write("s3", "delete_bucket", Bucket="b"), 204),
    ]

    trail = record(calls, ministack)

    assert [json.loads(entry["Detail"])["eventName"] for entry in ministack.entries] == ["DeleteRole", "DeleteBucket"]
    assert trail.status() == {"sent": 2, "dropped": 0, "waiting": 0}


def test_call_that_cannot_be_read_does_not_end_the_trail(
    write: Callable[..., Request], answer: Callable[..., Call], caplog: pytest.LogCaptureFixture
) -> None:
    """The next call is recorded as if nothing had happened."""
    ministack = PlayedMinistack()
    calls = [
        answer(write("iam", "delete_role", RoleName="r"), 200, "this is no XML"),
        answer(write("iam", "delete_role", RoleName="r2"), 200, "<DeleteRoleResponse/>"),
    ]

    record(calls, ministack)

    assert [json.loads(entry["Detail"])["requestParameters"] for entry in ministack.entries] == [{"roleName": "r2"}]
    assert "No event for iam" in caplog.text


def test_full_queue_drops_aloud(
    write: Callable[..., Request],
    answer: Callable[..., Call],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A caller never waits for the trail; what does not fit is counted and logged."""
    monkeypatch.setattr(recorder, "CAPACITY", 1)
    call = answer(write("iam", "delete_role", RoleName="r"), 200, "<DeleteRoleResponse/>")

    trail = record([call, call], PlayedMinistack())

    assert trail.status() == {"sent": 1, "dropped": 1, "waiting": 0}
    assert "iam DeleteRole is not recorded" in caplog.text


def test_unsigned_calls_are_not_recorded(answer: Callable[..., Call]) -> None:
    """Nobody made them."""
    ministack = PlayedMinistack()
    request = Request("POST", b"/page", b"", [], b"", "127.0.0.1")

    record([answer(request)], ministack)

    assert ministack.entries == []
