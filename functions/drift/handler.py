"""The drift function: Terraform state against live AWS."""

from typing import Any

from opsplane.adapters.aws.telemetry import logger, metrics, tracer
from opsplane.assembly import drift
from opsplane.drift import check
from opsplane.drift.check import DriftPorts


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: Any, ports: DriftPorts | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Compare, report what differs, and say how much was looked at."""
    answer = check.answer(event, ports or drift.ports())
    metrics.add_metric(name="Differences", unit="Count", value=len(answer.get("differing", ())))
    logger.info("drift", extra={"answer": answer})
    return answer
