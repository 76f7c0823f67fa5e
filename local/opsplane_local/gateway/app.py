"""The gateway as an ASGI application: route, forward, answer, and tell the trail afterwards."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from starlette.applications import Starlette
from starlette.requests import Request as StarletteRequest
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from opsplane_local.gateway.call import Call, Credential, Request, Response
from opsplane_local.gateway.forwarding import EmulatorDownError, Forwarder
from opsplane_local.gateway.refusal import refuse
from opsplane_local.gateway.routing import Emulator, emulator_for

HEALTH_PATH = "/_opsplane/health"

logger = logging.getLogger("opsplane.gateway")


class Trail(Protocol):
    """What hears of each call after it was answered."""

    def record(self, call: Call) -> None:
        """Take note of `call`; returns at once and never raises."""

    def status(self) -> dict[str, object]:
        """Return what the health page shows of the trail."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """Work while the context is open, and deliver what is left when it closes."""


class Gateway:
    """One endpoint for all AWS calls, backed by a forwarder for each emulator."""

    def __init__(self, forwarders: dict[Emulator, Forwarder], trail: Trail, logs: Path) -> None:
        """Stand in front of `forwarders`; `trail` hears of each call that was answered, `logs` holds the logs."""
        self._forwarders = forwarders
        self._trail = trail
        self._logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and only then let the trail know."""
        arrived = datetime.now(UTC)
        started = time.perf_counter()
        request = await _read(scope, receive)
        credential = Credential.of(request)
        emulator = emulator_for(request, credential)
        try:
            response = await self._forwarders[emulator].forward(request)
        except EmulatorDownError as error:
            logger.warning("%s %s", emulator, error)
            response = refuse(request, credential, emulator, error, self._logs)
            await _write(response, send)
            return
        await _write(response, send)
        self._trail.record(Call(request, response, credential, arrived))
        logger.debug(
            "%s %s %s -> %s %d in %.1f ms",
            credential.service,
            request.method,
            request.path.decode("latin-1"),
            emulator,
            response.status,
            (time.perf_counter() - started) * 1000,
        )

    async def health(self, _request: StarletteRequest) -> JSONResponse:
        """Tell how both emulators are; 503 when one does not answer."""
        states = await asyncio.gather(*(self._emulator_health(name) for name in self._forwarders))
        emulators = dict(zip(self._forwarders, states, strict=True))
        well = all(state["status"] == "ok" for state in states)
        document = {
            "status": "ok" if well else "degraded",
            "pid": os.getpid(),
            "emulators": emulators,
            "trail": self._trail.status(),
        }
        return JSONResponse(document, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)

    async def _emulator_health(self, emulator: Emulator) -> dict[str, object]:
        forwarder = self._forwarders[emulator]
        probe = Request("GET", HEALTH_PATH.encode(), b"", [(b"host", b"localhost")], b"", "")
        started = time.perf_counter()
        try:
            answer = await forwarder.forward(probe)
        except EmulatorDownError as error:
            log = self._logs / f"{emulator}.log"
            return {"status": "down", "url": forwarder.url, "reason": error.reason, "log": str(log)}
        status = "ok" if answer.status == HTTPStatus.OK else "failing"
        took = round((time.perf_counter() - started) * 1000, 1)
        return {"status": status, "url": forwarder.url, "milliseconds": took}

    @asynccontextmanager
    async def running(self, _app: Starlette) -> AsyncIterator[None]:
        """Keep the trail at work while the server runs, and close all connections after it."""
        async with self._trail.running():
            yield
        for forwarder in self._forwarders.values():
            await forwarder.close()


def build_app(gateway: Gateway) -> Starlette:
    """Return the application: our health page, and the gateway for every other address."""
    routes = [Route(HEALTH_PATH, gateway.health, methods=["GET"]), Mount("/", app=gateway)]
    return Starlette(routes=routes, lifespan=gateway.running)


async def _read(scope: Scope, receive: Receive) -> Request:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    client = scope.get("client")
    return Request(
        method=scope["method"],
        path=scope["raw_path"],
        query=scope["query_string"],
        headers=[(bytes(name), bytes(value)) for name, value in scope["headers"]],
        body=bytes(body),
        client=client[0] if client else "",
    )


async def _write(response: Response, send: Send) -> None:
    await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
    await send({"type": "http.response.body", "body": response.body})
