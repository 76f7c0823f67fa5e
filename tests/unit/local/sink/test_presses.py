"""Buttons that work: what the sink sends, and what it shows."""

import asyncio
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import requests
from app.slack.signature import is_genuine
from opsplane_local.sink.app import create_app
from opsplane_local.sink.presses import Presses
from opsplane_local.sink.store import MessageStore
from opsplane_local.sink.workspace import SIGNING_SECRET

BLOCKS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Approval needed"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "opsplane.approve",
                "value": "abc.1",
                "text": {"type": "plain_text", "text": "Approve"},
            }
        ],
    },
]


class Client:
    """Calls a sink in process, as a browser or the service would over HTTP."""

    def __init__(self, messages: Path) -> None:
        """A sink over this file, whose service and own address are made up."""
        self._app = create_app(messages, "http://service", "http://127.0.0.1")

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer to one request."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())

    def get(self, path: str) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", path)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a POST."""
        return self.ask("POST", path, **options)


class Sent:
    """What went to the service, and how it answers."""

    def __init__(self, status: int = 200) -> None:
        """Answers with a status."""
        self.status = status
        self.requests: list[tuple[str, bytes, dict[str, str]]] = []

    def post(self, url: str, body: bytes, headers: dict[str, str], **_: Any) -> Any:
        """Take a request."""
        self.requests.append((url, body, headers))
        answer = requests.Response()
        answer.status_code = self.status
        return answer


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """A service that takes presses."""
    found = Sent()
    monkeypatch.setattr(requests, "post", found.post)
    return found


@pytest.fixture
def sink(tmp_path: Path) -> Client:
    """A sink with one message that has a button."""
    client = Client(tmp_path / "messages.jsonl")
    client.post("/slack/services/T1/B1/alerts", json={"blocks": BLOCKS})
    return client


def pressed(sink: Client, **changes: str) -> dict[str, str]:
    """The form behind the button."""
    [message] = [each for each in sink.get("/messages").json() if "blocks" in each["payload"]]
    return {"message": message["id"], "action_id": "opsplane.approve", "value": "abc.1", **changes}


def test_the_page_has_a_button_that_works(sink: Client) -> None:
    """A plain form, so that it works without a script."""
    page = sink.get("/").text

    assert 'action="/press"' in page
    assert 'value="opsplane.approve"' in page
    assert "disabled" not in page


def test_a_press_is_sent_as_slack_sends_it(sink: Client, sent: Sent) -> None:
    """A form that is signed over its body, with the way to answer."""
    answer = sink.post("/press", data=pressed(sink))

    [(url, body, headers)] = sent.requests
    payload = json.loads(parse_qs(body.decode())["payload"][0])
    stamp = headers["X-Slack-Request-Timestamp"]
    assert answer.status_code == 303
    assert url == "http://service/slack/interactions"
    assert is_genuine(SIGNING_SECRET, stamp, headers["X-Slack-Signature"], body, int(stamp))
    assert payload["actions"][0]["value"] == "abc.1"
    assert payload["response_url"].startswith("http://127.0.0.1/slack/response/")


def test_the_answer_is_shown_under_the_message(sink: Client) -> None:
    """As a reply that only whoever pressed would see."""
    where = f"/slack/response/{pressed(sink)['message']}"

    assert sink.post(where, json={"text": "abc.1 is approved, by you."}).json() == {"ok": True}
    assert "abc.1 is approved, by you." in sink.get("/").text
    assert sink.post(where, content=b"nonsense").status_code == 400
    assert sink.post("/slack/response/none", json={"text": "x"}).status_code == 404


def test_a_service_that_refuses_is_seen(sink: Client, sent: Sent) -> None:
    """Slack would show a warning sign."""
    sent.status = 401

    sink.post("/press", data=pressed(sink))

    assert "opsplane answered 401" in sink.get("/").text


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}])
def test_another_site_cannot_press(sink: Client, sent: Sent, headers: dict[str, str]) -> None:
    """Nothing is sent."""
    assert sink.post("/press", data=pressed(sink), headers=headers).status_code == 403
    assert sent.requests == []


def test_a_button_of_no_message_is_no_button(sink: Client, sent: Sent) -> None:
    """The store may have been cleared."""
    assert sink.post("/press", data=pressed(sink, message="none")).status_code == 404
    assert sent.requests == []


def test_a_service_that_is_away_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 0: nobody answered."""

    def refuse(*_: Any, **__: Any) -> None:
        raise requests.ConnectionError

    monkeypatch.setattr(requests, "post", refuse)
    presses = Presses(MessageStore(tmp_path / "m"), "http://service", "http://own")

    assert presses._send("1", "opsplane.approve", "x") == 0  # noqa: SLF001 - the only way to ask without a page
