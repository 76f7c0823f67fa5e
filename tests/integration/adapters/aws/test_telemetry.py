"""The tracer: there where somebody listens, and only there."""

import subprocess
import sys

import pytest

_LAMBDA = {"LAMBDA_TASK_ROOT": "/var/task", "AWS_LAMBDA_FUNCTION_NAME": "opsplane-dev-x", "AWS_REGION": "us-east-1"}
_SHOW = """
import sys
from opsplane.adapters.aws.telemetry import tracer
handler = tracer.capture_lambda_handler(lambda event, context: event)
print(type(tracer).__name__, "aws_xray_sdk.core" in sys.modules, "requests" in sys.modules)
import requests
print(hasattr(requests.Session.request, "__wrapped__"))
"""


def shown(environment: dict[str, str]) -> list[str]:
    """What a fresh process says that imports the telemetry and makes a handler."""
    command = [sys.executable, "-c", _SHOW]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize(
    "environment",
    [{}, {**_LAMBDA, "POWERTOOLS_TRACE_DISABLED": "true"}, {**_LAMBDA, "AWS_SAM_LOCAL": "true"}],
    ids=["outside Lambda", "told not to", "sam local"],
)
def test_where_nobody_listens_the_sdk_is_not_imported(environment: dict[str, str]) -> None:
    """It costs a cold start a twentieth of a second."""
    assert shown(environment) == ["Untraced False False", "False"]


def test_in_lambda_calls_are_traced() -> None:
    """Requests too, once something imports them."""
    assert shown(_LAMBDA) == ["Tracer True False", "True"]
