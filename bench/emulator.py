"""moto as a server that keeps its connections open, as AWS does; moto's own closes each of them after one answer.

`python -m bench.emulator PORT`
"""

import io
import sys
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import run_wsgi_app

_APP: Final = DomainDispatcherApplication(create_backend_app)


class Connection(BaseHTTPRequestHandler):
    """One connection, which answers one request after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def handle_expect_100(self) -> bool:
        """Say at once that the body may come: S3's clients wait a second for it."""
        go_on = super().handle_expect_100()
        self.wfile.flush()
        return go_on

    def answer(self) -> None:
        """Hand the request to moto, and send what it says whole."""
        body, status, headers = run_wsgi_app(_APP, self._environ(), buffered=True)
        text = b"".join(body)
        self.send_response_only(int(status.split(" ", 1)[0]))
        for name, value in _without_length(headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)
        self.wfile.flush()

    do_DELETE = do_GET = do_HEAD = do_POST = do_PUT = answer  # noqa: N815 - http.server's names

    def _environ(self) -> dict[str, Any]:
        """The request as WSGI has it."""
        path, _, query = self.path.partition("?")
        headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in self.headers.items()}
        return {
            **headers,
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin1"),
            "RAW_URI": self.path,
            "REQUEST_URI": self.path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": self.headers.get("Content-Length", "0"),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": sys.argv[1],
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.rfile.read(int(self.headers.get("Content-Length", 0)))),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


def _without_length(headers: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    return ((name, value) for name, value in headers if name.lower() != "content-length")


def main() -> None:
    """Serve until ended."""
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Connection).serve_forever()


if __name__ == "__main__":
    main()
