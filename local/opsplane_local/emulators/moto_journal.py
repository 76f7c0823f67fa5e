"""Keep moto's state by writing down each request that changed something, and doing them all again at the next start.

Each request runs after moto's random numbers were seeded anew; the seed is in the journal, so every id comes back the
same. A reading request that drew random numbers is recorded too: it made something (a region's default network).
What does not come back is time: a replayed resource was created at the replay.
"""

import base64
import io
import json
import logging
import secrets
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moto.moto_api._internal import mock_random
from werkzeug.test import create_environ, run_wsgi_app

from opsplane_local.gateway.trail.mutability import guessed_operation, is_read_only

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OWNER_ONLY = 0o600
"""Requests carry passwords of databases."""

FIRST_ERROR = 400
SEED_BITS = 64

logger = logging.getLogger("moto.journal")


class Journal:
    """A WSGI application around moto that records what changes it.

    Requests run one at a time: the seed has to hold for a whole request, and moto is not safe for threads either.
    """

    def __init__(self, path: Path, app: "WSGIApplication") -> None:
        """Record into the file `path` what `app` is asked."""
        self._path = path
        self._app = app
        self._turn = threading.Lock()
        # moto 5.2.5 takes request ids from the seeded numbers as well, so that every reading request would draw some.
        responses: Any = import_module("moto.core.responses")
        responses.gen_amzn_requestid_long = request_id

    def quiet(self) -> AbstractContextManager[bool]:
        """Return a context in which no request is being worked on."""
        return self._turn

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request, and record it when it succeeded and may have changed something."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        # Taken before the call: the application writes into its environment.
        seen = {name: value for name, value in environ.items() if isinstance(value, str)}
        seed = secrets.randbits(SEED_BITS)
        statuses: list[str] = []

        def start_and_note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            statuses.append(status)
            return start_response(status, headers, *rest)

        with self._turn:
            mock_random.seed(seed)
            fresh = mock_random.getstate()
            answer = list(self._app(environ, start_and_note))
            changed = not is_read_only(_operation(seen, body)) or mock_random.getstate() != fresh
            if changed and _code(statuses[-1]) < FIRST_ERROR:
                self._write({"seed": seed, "environ": seen, "body": base64.b64encode(body).decode()})
        return answer

    def replay(self) -> None:
        """Do every recorded request again, in order; a request that fails now is logged and left out."""
        count = 0
        for record in self._records():
            count += 1
            failure = self._repeat(record)
            if failure:
                logger.warning("request %d of %s failed when replayed: %s", count, self._path, failure)
        logger.info("replayed %d requests from %s", count, self._path)

    def _repeat(self, record: dict[str, Any]) -> str:
        """Do one recorded request again and return why it failed, or an empty text."""
        mock_random.seed(record["seed"])
        environ = create_environ() | record["environ"]
        environ["wsgi.input"] = io.BytesIO(base64.b64decode(record["body"]))
        try:
            _body, status, _headers = run_wsgi_app(self._app, environ, buffered=True)
        except Exception as error:
            # moto raises what it does not foresee; the resources of all other requests are still worth having.
            logger.exception("moto could not repeat a request")
            return repr(error)
        return status if _code(status) >= FIRST_ERROR else ""

    def _write(self, record: dict[str, Any]) -> None:
        if not self._path.exists():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=OWNER_ONLY)
        with self._path.open("a") as file:
            file.write(json.dumps(record) + "\n")

    def _records(self) -> Iterator[dict[str, Any]]:
        if self._path.exists():
            with self._path.open() as file:
                yield from (json.loads(line) for line in file)


def request_id(headers: dict[str, Any] | None = None) -> str:
    """Return a new request id, and write it into the answer's `headers` as moto's own function does."""
    made = str(uuid.uuid4())
    if headers is not None:
        headers["x-amzn-requestid"] = made
    return made


def _operation(environ: dict[str, str], body: bytes) -> str:
    return guessed_operation(
        environ["REQUEST_METHOD"],
        environ.get("HTTP_X_AMZ_TARGET", ""),
        environ.get("CONTENT_TYPE", ""),
        body,
        environ.get("QUERY_STRING", ""),
    )


def _code(status: str) -> int:
    return int(status.split(" ", 1)[0])
