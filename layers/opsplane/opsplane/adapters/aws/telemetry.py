"""Logger, metrics and tracer of Powertools, one of each for a process; names come from `POWERTOOLS_*` variables."""

import os
from collections.abc import Callable
from typing import Any, Protocol

from aws_lambda_powertools import Logger, Metrics, Tracer


class Tracing(Protocol):
    """What the handlers want of a tracer."""

    def capture_lambda_handler[**P, T](self, lambda_handler: Callable[P, T]) -> Callable[P, T]:
        """The handler, in a segment of its own."""
        ...


class Untraced:
    """Stands in where nobody listens: the X-Ray SDK is not even imported."""

    def capture_lambda_handler[**P, T](self, lambda_handler: Callable[P, T]) -> Callable[P, T]:
        """The handler as it is."""
        return lambda_handler


def _tracer() -> Tracing:
    """A tracer where Powertools would trace: in Lambda, unless it is told not to."""
    told = os.environ.get
    in_lambda = told("LAMBDA_TASK_ROOT") and not told("AWS_SAM_LOCAL")
    if not in_lambda or told("POWERTOOLS_TRACE_DISABLED", "").lower() in {"1", "y", "yes", "t", "true", "on"}:
        return Untraced()
    return _traced()


def _traced() -> Tracing:
    """Traces AWS calls, and other HTTP requests where there are any.

    Left to itself the SDK patches all that it knows, and to do so imports what most functions never use.
    """
    from wrapt import register_post_import_hook  # noqa: PLC0415 - comes with the SDK, which is imported here only

    made: Any = Tracer(patch_modules=("botocore",))
    register_post_import_hook(lambda _: made.patch(modules=("requests",)), "requests")
    traced: Tracing = made
    return traced


logger = Logger()
metrics = Metrics()
tracer = _tracer()
