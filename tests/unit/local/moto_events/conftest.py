"""A moto that is watched, asked through its server as the platform does."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.base_backend import BackendDict
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from opsplane_local.moto_events import KINDS
from opsplane_local.moto_events.watch import Watch
from urllib3 import HTTPResponse
from werkzeug.test import create_environ, run_wsgi_app

type Connect = Callable[..., Any]

ACCOUNT, REGION = "000000000000", "us-east-1"


class Watched:
    """A fresh moto behind a watch, and what it was heard to say."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.watch = Watch(DomainDispatcherApplication(create_backend_app), KINDS, ACCOUNT, REGION)
        self.watch.begin(self.hear)

    def hear(self, entries: list[dict[str, Any]]) -> None:
        """Keep entries in the form in which rules and targets see them."""
        self.said += [{**entry, "Detail": json.loads(entry["Detail"])} for entry in entries]

    def client(self, service: str, agent: str = "") -> Any:
        """Return a client whose calls the watched moto answers, `agent` in their user agent."""
        session = boto3.Session("test", "test", region_name=REGION)
        client: Any = session.client(service, endpoint_url="http://127.0.0.1:4570")  # type: ignore[call-overload]
        client.meta.events.register("before-send", lambda request, **_rest: self._answer(request, agent))
        return client

    def _answer(self, request: AWSPreparedRequest, agent: str) -> AWSResponse:
        sent = request.body or b""
        body = sent.encode() if isinstance(sent, str) else bytes(sent)
        headers = {name: v.decode() if isinstance(v, bytes) else str(v) for name, v in request.headers.items()}
        headers["User-Agent"] += agent
        environ = create_environ(request.url, method=request.method, headers=headers)
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        answer, status, answered = run_wsgi_app(self.watch, environ, buffered=True)
        raw = HTTPResponse(io.BytesIO(b"".join(answer)), preload_content=False)
        return AWSResponse(request.url, int(status.split(" ", 1)[0]), dict(answered), raw)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """Return a watched moto that knows nothing, and leave moto empty."""
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    BackendDict.reset()
    yield Watched()
    BackendDict.reset()
