"""The sink over HTTP, as its senders and its readers meet it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from opsplane_local.sink.app import create_app

WEBHOOK = "/slack/services/T0OPSPLANE/B0OPSPLANE/dev-alerts"
BOT = {"Authorization": "Bearer xoxb-1"}
EVENT = {
    "routing_key": "0" * 32,
    "event_action": "trigger",
    "dedup_key": "item-1",
    "payload": {"summary": "s", "source": "sg-1", "severity": "critical"},
}


class Client:
    """Calls the app in process, as a browser or a function would over HTTP."""

    def __init__(self, messages: Path) -> None:
        self._app = create_app(messages)

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer to one request."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, path, **options)

        return asyncio.run(ask())

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """The answer to a POST."""
        return self.ask("POST", path, **options)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    """A client of a sink without messages."""
    return Client(tmp_path / "messages.jsonl")


def messages(client: Client) -> list[dict[str, Any]]:
    """What the sink has taken."""
    answer: list[dict[str, Any]] = client.get("/messages").json()
    return answer


def test_a_webhook_message_is_kept_under_its_channel(client: Client) -> None:
    """Slack's answer is `ok`, and the message can be read as JSON."""
    answer = client.post(WEBHOOK, json={"text": "hello"})

    assert (answer.status_code, answer.text) == (200, "ok")
    [message] = messages(client)
    assert (message["kind"], message["channel"], message["payload"]) == ("slack", "#dev-alerts", {"text": "hello"})


@pytest.mark.parametrize(
    ("path", "body", "status", "word"),
    [
        (WEBHOOK, b"not json", 400, "invalid_payload"),
        (WEBHOOK, b"[]", 400, "invalid_payload"),
        (WEBHOOK, b"[" * 100_000, 400, "invalid_payload"),
        (WEBHOOK, b"{}", 400, "no_text"),
        (WEBHOOK, b'{"blocks": [{"type": "section"}]}', 400, "invalid_blocks"),
        (WEBHOOK, b'{"text": "' + b"x" * 1_100_000 + b'"}', 413, "too_large"),
        ("/slack/services/X/B1/x", b'{"text": "x"}', 404, "no_service"),
    ],
    ids=["no json", "no object", "too deep", "no text", "blocks", "size", "path"],
)
def test_a_webhook_refuses_with_slacks_word(client: Client, path: str, body: bytes, status: int, word: str) -> None:
    """Nothing is kept but the refusal with its reason."""
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.text) == (status, word)
    assert messages(client) == []
    assert [refusal["error"] for refusal in client.get("/refusals").json()] == [word]


def test_a_form_with_a_payload_is_a_webhook_message_too(client: Client) -> None:
    """Old senders post `payload=…`."""
    answer = client.post(WEBHOOK, data={"payload": json.dumps({"text": "hello"})})

    assert answer.text == "ok"


def test_a_bot_posts_and_updates(client: Client) -> None:
    """chat.update wants the id and the ts that chat.postMessage gave."""
    posted = client.post("/slack/api/chat.postMessage", json={"channel": "#ops", "text": "old"}, headers=BOT).json()

    updated = client.post(
        "/slack/api/chat.update",
        json={"channel": posted["channel"], "ts": posted["ts"], "text": "new"},
        headers=BOT,
    ).json()

    assert updated["ok"]
    [message] = messages(client)
    assert (message["id"], message["channel"], message["payload"]["text"]) == (posted["ts"], "#ops", "new")


@pytest.mark.parametrize(
    ("method", "body", "headers", "error"),
    [
        ("chat.postMessage", {"channel": "#a", "text": "x"}, {}, "not_authed"),
        ("chat.postMessage", {"channel": "#a", "text": "x"}, {"Authorization": "Bearer xoxp-1"}, "invalid_auth"),
        ("chat.postMessage", {"text": "x"}, BOT, "channel_not_found"),
        ("chat.postMessage", {"channel": "#a"}, BOT, "no_text"),
        ("chat.update", {"channel": "#a", "ts": "1.0", "text": "x"}, BOT, "channel_not_found"),
    ],
)
def test_the_web_api_refuses_with_200_and_not_ok(
    client: Client, method: str, body: dict[str, str], headers: dict[str, str], error: str
) -> None:
    """As the real one: the status alone says nothing."""
    answer = client.post(f"/slack/api/{method}", json=body, headers=headers)

    assert answer.status_code == 200
    assert (answer.json()["ok"], answer.json()["error"]) == (False, error)


def test_a_token_in_the_body_is_not_kept(client: Client) -> None:
    """A secret does not land in a file or on a page."""
    client.post("/slack/api/chat.postMessage", json={"token": "xoxb-1", "channel": "#a", "text": "x"})

    assert "xoxb" not in json.dumps(messages(client))


def test_pagerduty_takes_an_event(client: Client) -> None:
    """202 with the dedup key; the routing key is not kept whole."""
    answer = client.post("/pagerduty/v2/enqueue", json=EVENT)

    assert (answer.status_code, answer.json()["dedup_key"]) == (202, "item-1")
    assert "0" * 32 not in json.dumps(messages(client))


@pytest.mark.parametrize(
    "change",
    [
        {"routing_key": "short"},
        {"event_action": "shout"},
        {"dedup_key": "k" * 256},
        {"event_action": "resolve", "dedup_key": None},
        {"payload": None},
        {"payload": {"summary": "s", "source": "x", "severity": "awful"}},
        {"payload": {"summary": "", "source": "x", "severity": "info"}},
        {"payload": {"summary": "s" * 1025, "source": "x", "severity": "info"}},
    ],
)
def test_pagerduty_refuses_what_the_real_one_refuses(client: Client, change: dict[str, object]) -> None:
    """400 with the reasons."""
    answer = client.post("/pagerduty/v2/enqueue", json={**EVENT, **change})

    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_ordered_faults_are_answered_and_run_out(client: Client) -> None:
    """The next two are refused with Retry-After, the third is taken."""
    client.post("/faults", json={"status": 429, "count": 2, "retry_after": 3})

    answers = [client.post(WEBHOOK, json={"text": "x"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "3"
    assert len(messages(client)) == 1


def test_faults_are_ordered_in_json_only(client: Client) -> None:
    """What a form on another site could send is refused."""
    assert client.post("/faults", content=b'{"status": 500}', headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/faults", json={"status": 200}).status_code == 400


def test_delete_forgets_the_messages(client: Client) -> None:
    """The answer says how many there were."""
    client.post(WEBHOOK, json={"text": "x"})

    assert client.ask("DELETE", "/messages").json() == {"deleted": 1}
    assert messages(client) == []


def test_another_host_name_is_refused(client: Client) -> None:
    """A site that points its name at 127.0.0.1 cannot read what is here."""
    assert client.get("/messages", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "send",
    [
        lambda client, text: client.post(WEBHOOK, json={"text": text}),
        lambda client, text: client.post(
            WEBHOOK, json={"text": "x", "username": text, "attachments": [{"title": text}]}
        ),
        lambda client, text: client.post(
            WEBHOOK, json={"blocks": [{"type": "header", "text": {"type": "plain_text", "text": text}}]}
        ),
        lambda client, text: client.post(
            "/pagerduty/v2/enqueue",
            json={**EVENT, "dedup_key": text, "links": "no list", "payload": {**EVENT["payload"], "summary": text}},  # type: ignore[dict-item]
        ),
    ],
    ids=["text", "names", "header", "incident"],
)
def test_hostile_text_is_shown_as_text(client: Client, send: Callable[[Client, str], object]) -> None:
    """No tag that was sent becomes a tag of the page, and the page may run no script but its own."""
    send(client, '<img src=x onerror="alert(1)"><script>alert(1)</script>')

    page = client.get("/")

    assert page.status_code == 200
    assert "<img" not in page.text
    assert "<script>" not in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_feed_says_when_nothing_is_new(client: Client) -> None:
    """304 until a message comes."""
    tag = client.get("/feed").headers["ETag"]

    assert client.get("/feed", headers={"If-None-Match": tag}).status_code == 304
    client.post(WEBHOOK, json={"text": "news"})
    assert "news" in client.get("/feed", headers={"If-None-Match": tag}).text


def test_the_page_brings_its_files_itself(client: Client) -> None:
    """Style and script are served here; nothing is fetched from elsewhere."""
    page = client.get("/").text

    assert "https://" not in page
    for file in ("sink.css", "refresh.js", "icon.svg"):
        assert f"/static/{file}" in page
        assert client.get(f"/static/{file}").status_code == 200


def test_a_refusal_is_shown_with_its_reason(client: Client) -> None:
    """Whoever wonders where a message is finds it on the page."""
    client.post(WEBHOOK, json={"blocks": [{"type": "marquee"}]})

    assert "unsupported type: marquee" in client.get("/").text
