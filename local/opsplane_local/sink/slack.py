"""Slack's two ways in: incoming webhooks, and the Web API with a bot token.

Answers: https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks for webhooks; the Web API
answers 200 with `ok: false` when it refuses, and 429 with `Retry-After` when it is asked too often.
"""

import hashlib
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from opsplane_local.sink.block_kit import Fault, check_message
from opsplane_local.sink.faults import Faults
from opsplane_local.sink.store import MessageStore

BODY_LIMIT = 1024 * 1024
STATUS_OF = {"too_large": 413}
RATE_LIMITED = 429


class NotReadable(ValueError):
    """The body of a request is not what it says it is; the message is Slack's word for it."""


class Slack:
    """The endpoints of one workspace."""

    def __init__(self, store: MessageStore, faults: Faults) -> None:
        self._store = store
        self._faults = faults

    async def webhook(self, request: Request) -> Response:
        """`POST /slack/services/T…/B…/…`: answers `ok`, or a word that says what is wrong.

        The last part of the path is a secret in real life; here it names the channel.
        """
        if fault := self._faults.next():
            self._store.refuse("slack", fault.status, "ordered", "a fault was ordered")
            word = "rate_limited" if fault.status == RATE_LIMITED else "server_error"
            return PlainTextResponse(word, fault.status, headers=fault.headers)
        parts = request.path_params
        if not (parts["team"].startswith("T") and parts["hook"].startswith("B")):
            return self._no(404, "no_service", "the path is not T…/B…/…")
        try:
            payload = await _body_of(request, webhook=True)
        except NotReadable as error:
            return self._no(STATUS_OF.get(str(error), 400), str(error), "the body is not a JSON object")
        if broken := check_message(payload):
            return self._no(400, broken.error, broken.reason)
        self._store.add("slack", f"#{parts['channel']}", payload)
        return PlainTextResponse("ok")

    async def post_message(self, request: Request) -> Response:
        """`chat.postMessage`: answers the channel's id and the message's `ts`."""
        payload, refusal = await self._call(request)
        if payload is None:
            return refusal
        channel = _channel_name(payload["channel"])
        message = self._store.add("slack", channel, payload)
        answer = {
            "ok": True,
            "channel": channel_id(channel),
            "ts": message.id,
            "message": {**payload, "ts": message.id},
        }
        return JSONResponse(answer)

    async def update(self, request: Request) -> Response:
        """`chat.update`: takes the channel's id and a `ts`, as the real one does; a channel's name is refused."""
        payload, refusal = await self._call(request)
        if payload is None:
            return refusal
        names = {channel_id(message.channel): message.channel for message in self._store.messages()}
        channel = names.get(str(payload["channel"]))
        if channel is None:
            return self._not_ok("channel_not_found", f"{payload['channel']!s:.60} is not the id of a channel")
        message = self._store.update(str(payload.get("ts", "")), channel, payload)
        if message is None:
            return self._not_ok("message_not_found", f"no message {payload.get('ts')!s:.40} in {channel}")
        return JSONResponse(
            {"ok": True, "channel": payload["channel"], "ts": message.id, "text": payload.get("text", "")}
        )

    async def _call(self, request: Request) -> tuple[dict[str, Any] | None, Response]:
        """The arguments of a Web API call, or None and the answer that refuses it."""
        if fault := self._faults.next():
            self._store.refuse("slack", fault.status, "ordered", "a fault was ordered")
            word = "ratelimited" if fault.status == RATE_LIMITED else "internal_error"
            return None, JSONResponse({"ok": False, "error": word}, fault.status, headers=fault.headers)
        try:
            payload = await _body_of(request, webhook=False)
        except NotReadable as error:
            return None, self._not_ok(str(error), "the body cannot be read")
        given = str(payload.pop("token", ""))
        token = request.headers.get("authorization", "").removeprefix("Bearer ").strip() or given
        if broken := _fault_of_call(token, payload):
            return None, self._not_ok(broken.error, broken.reason)
        return payload, Response()

    def _no(self, status: int, word: str, reason: str) -> Response:
        self._store.refuse("slack", status, word, reason)
        return PlainTextResponse(word, status)

    def _not_ok(self, error: str, reason: str) -> Response:
        self._store.refuse("slack", 200, error, reason)
        return JSONResponse({"ok": False, "error": error, "response_metadata": {"messages": [f"[ERROR] {reason}"]}})


def channel_id(name: str) -> str:
    """The id of the channel with this name: `C` and ten characters, always the same ones."""
    return "C" + hashlib.sha256(name.encode()).hexdigest()[:10].upper()


def _fault_of_call(token: str, payload: dict[str, Any]) -> Fault | None:
    if not token:
        return Fault("not_authed", "no token")
    if not token.startswith("xoxb-"):
        return Fault("invalid_auth", "the token is not a bot token (xoxb-…)")
    if not payload.get("channel"):
        return Fault("channel_not_found", "no channel")
    return check_message(payload)


def _channel_name(given: object) -> str:
    text = str(given)[:80]
    return text if text.startswith(("#", "C")) else f"#{text}"


async def _body_of(request: Request, *, webhook: bool) -> dict[str, Any]:
    """The JSON object that was sent, as JSON or in a form.

    Raises:
        NotReadable: with Slack's word for it.
    """
    body = await request.body()
    unreadable = "invalid_payload" if webhook else "invalid_json"
    if len(body) > BODY_LIMIT:
        raise NotReadable("too_large" if webhook else "msg_too_long")
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
        if not webhook:
            return {
                name: _read(value, unreadable) if name in {"blocks", "attachments"} else value
                for name, value in form.items()
            }
        body = form.get("payload", "").encode()
    payload = _read(body, unreadable)
    if not isinstance(payload, dict):
        raise NotReadable(unreadable)
    return payload


def _read(text: str | bytes, unreadable: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotReadable(unreadable) from error
