"""Buttons that work: what Slack sends when somebody presses one, and what it shows of the answer."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import anyio.to_thread
import requests
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from opsplane_local.sink.store import Message, MessageStore
from opsplane_local.sink.workspace import SIGNING_SECRET, USER

_PATIENCE, _TAKEN = 10.0, 200


class Presses:
    """Passes presses to the service as Slack does: a signed form, from outside of any session."""

    def __init__(self, store: MessageStore, service: str, own: str, now: Callable[[], float] = time.time) -> None:
        """`service` and `own` are the addresses of the service and of this sink."""
        self._store = store
        self._service = service.rstrip("/")
        self._own = own.rstrip("/")
        self._now = now

    async def press(self, request: Request) -> Response:
        """`POST /press`: a button of the page; back to the message, with what went wrong as a reply."""
        if not _is_from_here(request):
            return JSONResponse({"error": "this form belongs to another page"}, 403)
        form = await request.form()
        message, action, value = (str(form.get(name, "")) for name in ("message", "action_id", "value"))
        if self._find(message) is None:
            return JSONResponse({"error": f"there is no message {message[:40]}"}, 404)
        status = await anyio.to_thread.run_sync(self._send, message, action, value)
        if status != _TAKEN:
            self._reply(message, f":warning: opsplane answered {status}: Slack would say that something went wrong")
        return RedirectResponse(f"/#m{message}", 303)

    async def respond(self, request: Request) -> Response:
        """`POST /slack/response/{message}`: the `response_url` of a press; the answer becomes a reply."""
        message = request.path_params["message"]
        try:
            said = str((await request.json())["text"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"ok": False}, 400)
        if self._find(message) is None:
            return JSONResponse({"ok": False}, 404)
        self._reply(message, said)
        return JSONResponse({"ok": True})

    def _send(self, message: str, action: str, value: str) -> int:
        payload = {
            "type": "block_actions",
            "user": {"id": USER, "username": "you"},
            "actions": [{"type": "button", "action_id": action, "value": value}],
            "response_url": f"{self._own}/slack/response/{message}",
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        stamp = str(int(self._now()))
        digest = hmac.new(SIGNING_SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }
        try:
            answer = requests.post(
                f"{self._service}/slack/interactions", body, headers=headers, timeout=_PATIENCE, allow_redirects=False
            )
        except requests.RequestException:
            return 0
        return answer.status_code

    def _find(self, identity: str) -> Message | None:
        return next((each for each in self._store.messages() if each.id == identity and each.kind == "slack"), None)

    def _reply(self, identity: str, text: str) -> None:
        found = self._find(identity)
        if found:
            said = {"text": text, "thread_ts": identity, "username": "only visible to you"}
            self._store.add("slack", found.channel, said)


def _is_from_here(request: Request) -> bool:
    """Whether our own page sent the form: another site could else press buttons in this browser."""
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
