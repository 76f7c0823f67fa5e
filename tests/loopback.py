"""The service on a port of its own, for browsers."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import uvicorn
from builders import Deployment
from served import Served

PATIENCE = 10.0
"""Seconds that the read model may take in a test."""


@dataclass(frozen=True)
class Console:
    """A running console and the opsplane behind it."""

    url: str
    deployment: Deployment

    def shows(self, item_id: str) -> None:
        """Wait until lists show an item: they may be two seconds behind the ledger."""
        deadline = time.monotonic() + PATIENCE
        while httpx.get(f"{self.url}/api/v1/items").text.find(item_id) < 0:
            assert time.monotonic() < deadline, f"{item_id} was never listed"
            time.sleep(0.1)


@contextmanager
def running_console() -> Iterator[Console]:
    """A console on a deployment in memory that lives in the present."""
    deployment = Deployment(clock=lambda: datetime.now(UTC))  # type: ignore[arg-type]
    app = Served(deployment).app
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Console(f"http://127.0.0.1:{port}", deployment)
    finally:
        server.should_exit = True
        thread.join(10)
