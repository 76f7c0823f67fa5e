"""A part is up when it answers."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opsplane_local.launcher.readiness import answers

pytestmark = pytest.mark.enable_socket


class Answering(BaseHTTPRequestHandler):
    """Answers /up with 200 and all else with 404."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200 if self.path == "/up" else 404)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Stay quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server."""
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_only_200_is_an_answer(port: int) -> None:
    """Another status, and nobody there, are not."""
    assert answers(port, "/up")
    assert not answers(port, "/down")
    assert not answers(1, "/up")


def test_no_proxy_is_asked(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would look on its own machine."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert answers(port, "/up")
