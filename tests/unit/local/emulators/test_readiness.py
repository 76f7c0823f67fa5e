"""Asking whether a process is up."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opsplane_local.emulators.readiness import HEALTH_PATH, ready

pytestmark = pytest.mark.enable_socket


class Answering(BaseHTTPRequestHandler):
    """Answers the health probe as process 42, and nothing else."""

    def do_GET(self) -> None:
        """Answer one request."""
        body = json.dumps({"status": "ok", "pid": 42}).encode()
        self.send_response(200 if self.path == HEALTH_PATH else 404)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def url() -> Iterator[str]:
    """Return the address of a process that answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_answering_process_is_ready(url: str) -> None:
    """A 200 on the health address is enough."""
    assert ready(url)


def test_only_our_own_process_counts_when_its_pid_is_known(url: str) -> None:
    """Somebody else on the port is not ready for us."""
    assert ready(url, pid=42)
    assert not ready(url, pid=43)


def test_closed_port_is_not_ready() -> None:
    """Nobody listens, nothing is raised."""
    assert not ready("http://127.0.0.1:9")
