"""The scheduler: the sweep, and the edges of an environment's schedule."""

from typing import Any

from opsplane import bootstrap
from opsplane.adapters.aws.telemetry import logger, metrics, tracer
from opsplane.ports import Ports
from opsplane.schedules import wake


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: Any, ports: Ports | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Sweep, or say what an edge would do; the answer says what became of the event."""
    answer = wake.answer(event, ports or bootstrap.ports())
    metrics.add_metric(name="Answers", unit="Count", value=1)
    logger.info("scheduler", extra={"answer": answer})
    return answer
