"""The handlers, as AWS calls them."""

import importlib
import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_socket import disable_socket, enable_socket

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Context:
    """What Lambda hands to a handler beside the event."""

    function_name: str = "opsplane-dev-x"
    function_version: str = "$LATEST"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:us-east-1:000000000000:function:opsplane-dev-x"
    aws_request_id: str = "request-1"
    tenant_id: str | None = None

    def get_remaining_time_in_millis(self) -> int:
        """How long it may still run."""
        return 30_000


@pytest.fixture
def handler() -> Callable[[str], Callable[..., Any]]:
    """Load the handler of a function by its name."""
    # The X-Ray SDK makes a UDP socket when it is imported; nothing is sent, for tracing is off.
    enable_socket()
    telemetry = importlib.import_module("opsplane.adapters.aws.telemetry")
    disable_socket(allow_unix_socket=True)
    telemetry.metrics.namespace, telemetry.metrics.service = "opsplane", "test"

    def load(name: str) -> Callable[..., Any]:
        spec = importlib.util.spec_from_file_location(f"handler_{name}", ROOT / "functions" / name / "handler.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found: Callable[..., Any] = module.lambda_handler
        return found

    return load


@pytest.fixture
def context() -> Context:
    """The context of one invocation."""
    return Context()


@pytest.fixture
def sample() -> Callable[[str], dict[str, Any]]:
    """Read a sample by its path below `events/`."""

    def read(path: str) -> dict[str, Any]:
        event: dict[str, Any] = json.loads((ROOT / "events" / path).read_text())
        return event

    return read
