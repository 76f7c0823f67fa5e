"""The way in for presses of buttons: open to the internet, and closed to whatever Slack did not sign."""

import logging
from functools import partial

import requests
from fastapi import APIRouter, Request
from opsplane.adapters.aws.secrets import SecretAddressBook
from starlette.responses import Response

from app.blocking import in_thread
from app.dependencies import WiringDep
from app.problems import Problem, as_json, problem
from app.slack.press import Repeated, Unreadable, read, take
from app.slack.signature import is_genuine
from app.wiring import Wiring

router = APIRouter(prefix="/slack", include_in_schema=False)
log = logging.getLogger("opsplane.service.slack")

PATH = "/slack/interactions"
_LARGEST = 200_000
_PATIENCE = 1.5
"""Seconds for telling the person; Slack waits three for the whole answer."""


@router.post("/interactions")
async def press(request: Request, wiring: WiringDep) -> Response:
    """Take a press of a button.

    401 for what Slack did not sign, what is older than five minutes, and what came before: it is logged, and nothing is
    done. Slack shows no body of ours; what the person should know goes to the message's own `response_url`.
    """
    body = await _body_of(request)
    signature, timestamp = (request.headers.get(f"x-slack-{name}", "") for name in ("signature", "request-timestamp"))
    book = _book(wiring)
    secret = (await in_thread(book.look_up)).slack_signing_secret
    if not secret:
        return _refuse(503, "not-set-up", "the notification secret holds no slack_signing_secret")
    if not is_genuine(secret, timestamp, signature, body, wiring.ports.now().timestamp()):
        return _refuse(401, "not-slack", "the request is not signed by Slack, or is older than five minutes")
    try:
        payload = read(body)
        told = await take(payload, signature, wiring)
    except Unreadable as error:
        return _refuse(422, "no-press", str(error))
    except Repeated:
        return _refuse(401, "repeated", "the very same request was taken before")
    if payload.response_url.startswith(wiring.settings.slack_origin):
        await in_thread(partial(_tell, payload.response_url, told), 2 * _PATIENCE)
    return Response()


async def _body_of(request: Request) -> bytes:
    """The body, or the beginning of one that is larger than Slack's are: nobody may fill the memory unasked."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return body[:_LARGEST]
    return body


def _book(wiring: Wiring) -> SecretAddressBook:
    name = wiring.ports.settings.notification_secret
    if name not in _BOOKS:
        _BOOKS[name] = SecretAddressBook(name)
    return _BOOKS[name]


_BOOKS: dict[str, SecretAddressBook] = {}
"""One for each secret of this process, so that it is read every few minutes and not with each press."""


def _tell(url: str, text: str) -> None:
    """Tell the person alone. What was pressed is done; that they do not hear of it is not worth an error."""
    try:
        answer = {"response_type": "ephemeral", "replace_original": False, "text": text}
        requests.post(url, json=answer, timeout=_PATIENCE, allow_redirects=False)
    except requests.RequestException as error:
        log.warning("a person in Slack could not be told: %s", type(error).__name__)


def _refuse(status: int, kind: str, detail: str) -> Response:
    log.warning("a request to %s was refused: %s", PATH, detail)
    body: Problem = problem(kind, "The press was not taken", status, detail, PATH)
    return as_json(body)
