"""Moto's own process."""

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from opsplane_local.emulators.moto_server import with_health
from werkzeug.test import create_environ, run_wsgi_app

pytestmark = pytest.mark.integration

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def moto(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Stand in for moto."""
    start_response("200 OK", [])
    return [b"moto"]


def test_health_is_answered_in_front_of_moto() -> None:
    """The launcher learns which process it talks to."""
    body, status, _headers = run_wsgi_app(with_health(moto), create_environ("/_opsplane/health"))

    assert status == "200 OK"
    assert json.loads(b"".join(body)) == {"status": "ok", "pid": os.getpid()}


def test_everything_else_is_motos() -> None:
    """Only one address is ours."""
    body, _status, _headers = run_wsgi_app(with_health(moto), create_environ("/"))

    assert b"".join(body) == b"moto"
