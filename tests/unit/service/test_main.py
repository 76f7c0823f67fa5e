"""The app and its two hosts."""

import asyncio
import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app.main import create_app
from builders import Deployment
from opsplane.errors import InvalidSettings
from served import Served, fixed_group

ROOT = Path(__file__).parents[3]


@pytest.mark.anyio
async def test_a_server_without_settings_does_not_start() -> None:
    """What is missing is said at start-up, not with the first request."""
    app = create_app()

    with pytest.raises(InvalidSettings, match="OPSPLANE_LEDGER_TABLE"):
        async with app.router.lifespan_context(app):
            pass


@pytest.mark.anyio
async def test_a_server_follows_the_ledger_while_nobody_asks(deployment: Deployment) -> None:
    """The read model is current before the first request."""
    fixed_group(deployment)
    served = Served(deployment)

    async with served.app.router.lifespan_context(served.app):
        async with asyncio.timeout(5):
            while served.wiring.model.known() is None:  # noqa: ASYNC110 - the model tells nobody
                await asyncio.sleep(0.01)

        assert "feed" in served.line.calls


@pytest.fixture
def loop() -> Iterator[None]:
    """The event loop that Lambda's main thread has."""
    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    asyncio.set_event_loop(None)
    made.close()


def _handler() -> Any:
    spec = importlib.util.spec_from_file_location("api_handler", ROOT / "functions" / "api" / "handler.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.lambda_handler


def _event(path: str, method: str = "GET", body: str = "") -> dict[str, Any]:
    """A payload 2.0 of an HTTP API with IAM authorisation."""
    http = {"method": method, "path": path, "sourceIp": "203.0.113.7", "protocol": "HTTP/1.1", "userAgent": "x"}
    iam = {"userArn": "arn:aws:sts::000000000000:assumed-role/Responder/alice"}
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "127.0.0.1", "content-type": "application/json"},
        "requestContext": {"http": http, "authorizer": {"iam": iam}, "stage": "$default"},
        "body": body,
        "isBase64Encoded": False,
    }


@pytest.mark.usefixtures("loop")
def test_the_same_app_answers_as_a_function(deployment: Deployment) -> None:
    """Behind an HTTP API, call after call, with the caller that IAM proved."""
    action = fixed_group(deployment)
    served = Served(deployment)
    handler = _handler()
    handler.app = served.app

    listed = handler(_event("/api/v1/actions"), None)
    undone = handler(_event(f"/api/v1/actions/{action.id}/undo", "POST", '{"note": "why not"}'), None)
    again = handler(_event("/api/v1/actions"), None)

    assert [json.loads(answer["body"])["actions"][0]["state"] for answer in (listed, again)] == ["verified", "undoing"]
    assert json.loads(undone["body"])["decided_by"] == "assumed-role/Responder/alice"
    asyncio.get_event_loop().run_until_complete(served.close())


@pytest.mark.usefixtures("loop")
def test_a_function_without_settings_says_what_is_missing() -> None:
    """A deployment that forgot a variable is told so in a problem, while liveness still answers."""
    handler = _handler()
    handler.app = create_app()

    answer = handler(_event("/api/v1/items"), None)

    assert answer["statusCode"] == 500
    assert "OPSPLANE_LEDGER_TABLE" in json.loads(answer["body"])["detail"]
    assert handler(_event("/health/live"), None)["statusCode"] == 200
