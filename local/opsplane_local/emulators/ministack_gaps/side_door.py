"""Answer what only our own gateway and launcher ask: health with our pid, and who an access key belongs to.

ministack 1.5.33 knows the caller of every access key, but tells it only to the caller itself
(`GetCallerIdentity`). CloudTrail events for calls that another emulator serves need it as well.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import json
import os
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

HEALTH_PATH = "/_opsplane/health"
IDENTITY_PATH = "/_opsplane/identity"

type Message = MutableMapping[str, Any]
type Send = Callable[[Message], Awaitable[None]]
type Receive = Callable[[], Awaitable[Message]]
type App = Callable[[Message, Receive, Send], Awaitable[None]]


class SideDoor:
    """An ASGI application that answers our two addresses and passes everything else on."""

    def __init__(self, app: App) -> None:
        """Stand in front of `app`."""
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = scope.get("path")
        if path == HEALTH_PATH:
            await _answer(send, {"status": "ok", "pid": os.getpid()})
        elif path == IDENTITY_PATH:
            query = parse_qs(scope.get("query_string", b"").decode())
            await _answer(send, identify(query.get("access_key", [""])[0]))
        else:
            await self._app(scope, receive, send)


def identify(access_key: str) -> dict[str, str]:
    """Return who owns `access_key`, without any secret: `type`, `arn`, `principal_id`, `account`, `role_id`.

    `type` is `Root`, `User`, `AssumedRole`, `FederatedUser` or `Unknown`; `role_id` is empty for all but roles.
    """
    evaluator: Any = import_module("ministack.core.iam_evaluator")
    account = os.environ["MINISTACK_ACCOUNT_ID"]
    found = evaluator.resolve_credential(access_key, account)
    if isinstance(found, evaluator.CredentialResolutionError):
        return {"type": "Unknown", "arn": "", "principal_id": "", "account": account, "role_id": ""}
    return {
        "type": found.principal_type,
        "arn": found.principal_arn,
        "principal_id": found.principal_id,
        "account": found.account_id,
        "role_id": _role_id(found.principal_arn, account) if found.principal_type == "AssumedRole" else "",
    }


def _role_id(arn: str, account: str) -> str:
    """Return the id of the role that the session `arn` was made from, or nothing when the role is gone."""
    role_name = arn.split("/")[1]
    role = import_module("ministack.services.iam")._roles.get_scoped(account, None, role_name)
    return str(role["RoleId"]) if role else ""


async def _answer(send: Send, document: dict[str, Any]) -> None:
    body = json.dumps(document).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
