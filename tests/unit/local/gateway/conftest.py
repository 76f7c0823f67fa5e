"""Requests exactly as AWS's own SDK writes them, without sending them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, NoReturn

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from opsplane_local.gateway.call import Call, Credential, Request, Response

type Write = Callable[..., Request]
type Answer = Callable[..., Call]

MOMENT = datetime(2026, 11, 22, 17, 9, 18, tzinfo=UTC)
ENDPOINT = "http://127.0.0.1:4566"


class WrittenError(Exception):
    """Carries a request out of the SDK before it is sent."""

    def __init__(self, request: AWSPreparedRequest) -> None:
        super().__init__("not sent")
        self.request = request


@pytest.fixture
def write() -> Write:
    """Return a function `(service, operation, **parameters) -> Request`."""

    def written(service: str, operation: str, /, **parameters: Any) -> Request:
        client = _client(service)
        with pytest.raises(WrittenError) as caught:
            getattr(client, operation)(**parameters)
        return _as_received(caught.value.request)

    return written


@pytest.fixture
def answer() -> Answer:
    """Return a function `(request, status, body) -> Call` that makes a call of a request and an answer to it."""

    def answered(request: Request, status: int = 200, body: str = "", kind: str = "text/xml") -> Call:
        response = Response(status, [(b"content-type", kind.encode())], body.encode())
        return Call(request, response, Credential.of(request), MOMENT)

    return answered


@cache
def _client(service: str) -> Any:
    client: Any = boto3.client(
        service,  # type: ignore[call-overload]
        region_name="us-east-1",
        endpoint_url=ENDPOINT,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
    )
    client.meta.events.register("before-send", _keep)
    return client


def _keep(request: AWSPreparedRequest, **_rest: object) -> NoReturn:
    raise WrittenError(request)


def _as_received(request: AWSPreparedRequest) -> Request:
    path, _mark, query = request.url.removeprefix(ENDPOINT).partition("?")
    sent: Any = request.body or b""
    body = sent.read() if hasattr(sent, "read") else sent
    headers = [
        (name.lower().encode(), value if isinstance(value, bytes) else str(value).encode())
        for name, value in request.headers.items()
    ]
    return Request(
        method=request.method,
        path=path.encode(),
        query=query.encode(),
        headers=[(b"host", b"127.0.0.1:4566"), *headers],
        body=body.encode() if isinstance(body, str) else bytes(body),
        client="127.0.0.1",
    )
