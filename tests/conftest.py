"""What every test stands on: nobody's credentials, no way out to the network, and a deployment in memory."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket

TESTS = Path(__file__).parent
OPEN = ("integration", "e2e", "infra", "browser", "enable_socket")
"""Markers of tests that may open sockets."""

# Tests import their builders by name: importlib mode leaves sys.path alone.
sys.path.insert(0, str(TESTS))

settings.register_profile("opsplane", deadline=None, max_examples=60, derandomize=True, database=None)
settings.load_profile("opsplane")


def pytest_configure() -> None:
    """Forget whose machine this is: no profile, no endpoint and no real key can reach a test."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "OPSPLANE_", "POWERTOOLS_"))]:
        del os.environ[name]
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "MOTO_ACCOUNT_ID": "000000000000",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }


@pytest.fixture(autouse=True)
def _network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close sockets, except for tests that are about what is behind them."""
    if any(request.node.get_closest_marker(name) for name in OPEN):
        enable_socket()
    else:
        disable_socket(allow_unix_socket=True)
    yield
    enable_socket()
