"""The gateway's behaviour towards its callers, with emulators played in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from opsplane_local.gateway.app import Gateway, build_app
from opsplane_local.gateway.call import Call
from opsplane_local.gateway.forwarding import Forwarder
from opsplane_local.gateway.routing import Emulator

LOGS = Path("/home/run/logs")
SIGNED = "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/{}/aws4_request, SignedHeaders=host, Signature=0"


class RememberingTrail:
    """A trail that keeps the calls it hears of."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def record(self, call: Call) -> None:
        """Keep `call`."""
        self.calls.append(call)

    def status(self) -> dict[str, object]:
        """Count the calls."""
        return {"sent": len(self.calls)}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do nothing meanwhile."""
        yield


class PlayedEmulator(httpx.AsyncBaseTransport):
    """An emulator that keeps what it was asked and answers one and the same thing, or is down."""

    def __init__(self, answer: httpx.Response | None) -> None:
        self.answer = answer
        self.asked: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.asked.append(request)
        if self.answer is None:
            message = "connection refused"
            raise httpx.ConnectError(message)
        return self.answer


class Played:
    """A gateway in front of two played emulators."""

    def __init__(self, ministack: httpx.Response | None, moto: httpx.Response | None) -> None:
        self.ministack, self.moto, self.trail = PlayedEmulator(ministack), PlayedEmulator(moto), RememberingTrail()
        forwarders = {
            Emulator.MINISTACK: Forwarder("http://ministack", self.ministack),
            Emulator.MOTO: Forwarder("http://moto", self.moto),
        }
        self.app = build_app(Gateway(forwarders, self.trail, LOGS))

    def ask(self, method: str, target: str, *, service: str = "", body: bytes = b"", **headers: str) -> httpx.Response:
        """Send one request through the gateway."""

        async def exchange() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:4566") as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                signed = {"authorization": SIGNED.format(service)} if service else {}
                return await client.request(method, target, headers=named | signed, content=body)

        return asyncio.run(exchange())


def answered(body: bytes = b"ok", status: int = 200, **headers: str) -> httpx.Response:
    """Return an emulator's answer."""
    return httpx.Response(status, headers=headers, content=body)


def test_request_reaches_the_emulator_as_it_was_sent() -> None:
    """Path, query, host and body arrive byte for byte, or the signature would not hold."""
    played = Played(answered(), None)

    played.ask("PUT", "/bucket/a%2Fb%20c+d?policy&x=%27", service="s3", body=b"\x00\xff", host="127.0.0.1:4566")

    [asked] = played.ministack.asked
    assert asked.extensions["target"] == b"/bucket/a%2Fb%20c+d?policy&x=%27"
    assert asked.headers["host"] == "127.0.0.1:4566"
    assert asked.content == b"\x00\xff"


def test_answer_comes_back_as_it_was_given() -> None:
    """Status, headers and body are the emulator's; only headers about the connection stay behind."""
    played = Played(answered(b"<Error/>", 418, **{"x-amz-request-id": "1", "connection": "close"}), None)

    response = played.ask("GET", "/bucket", service="s3")

    assert response.status_code == 418
    assert response.content == b"<Error/>"
    assert response.headers["x-amz-request-id"] == "1"
    assert "connection" not in response.headers


def test_calls_of_the_base_go_to_moto() -> None:
    """The service in the signature picks the emulator."""
    played = Played(None, answered(b"<Vpcs/>"))

    response = played.ask("POST", "/", service="ec2", body=b"Action=DescribeVpcs")

    assert response.content == b"<Vpcs/>"
    assert played.ministack.asked == []


def test_trail_hears_of_a_call_with_its_answer() -> None:
    """What CloudTrail needs is request, answer and signature."""
    played = Played(answered(b"done"), None)

    played.ask("POST", "/", service="sqs", body=b"{}")

    [call] = played.trail.calls
    assert (call.credential.service, call.request.body, call.response.body) == ("sqs", b"{}", b"done")


def test_dead_emulator_is_answered_for_with_its_log() -> None:
    """The caller learns which emulator is gone and where to look, in a form that its SDK prints."""
    played = Played(answered(), None)

    response = played.ask("POST", "/", service="ec2", content_type="application/x-www-form-urlencoded")

    assert response.status_code == 503
    assert "<Code>ServiceUnavailable</Code>" in response.text
    assert "The emulator moto, which serves ec2, does not answer on http://moto" in response.text
    assert str(LOGS / "moto.log") in response.text
    assert played.trail.calls == []


def test_stale_connection_is_tried_once_more() -> None:
    """An emulator that closed an idle connection is still there."""

    class Closing(PlayedEmulator):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            if len(self.asked) == 1:
                message = "server disconnected"
                raise httpx.RemoteProtocolError(message)
            return answered(b"second")

    played = Played(answered(), None)
    closing = Closing(None)
    gateway = Gateway({Emulator.MINISTACK: Forwarder("http://ministack", closing)}, played.trail, LOGS)
    played.app = build_app(gateway)

    response = played.ask("GET", "/", service="sqs")

    assert response.content == b"second"


def test_health_is_good_when_both_emulators_answer() -> None:
    """The health page names both emulators and the trail."""
    played = Played(answered(), answered())

    response = played.ask("GET", "/_opsplane/health")

    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert {name: state["status"] for name, state in response.json()["emulators"].items()} == {
        "ministack": "ok",
        "moto": "ok",
    }


def test_health_names_the_emulator_that_is_down() -> None:
    """The health page says which one, why, and which log to read."""
    played = Played(answered(), None)

    response = played.ask("GET", "/_opsplane/health")

    assert response.status_code == 503
    down = response.json()["emulators"]["moto"]
    assert down["status"] == "down"
    assert down["log"] == str(LOGS / "moto.log")
