"""The scheduler: the sweep, the edges of schedules, and what AWS and people say meanwhile."""

from typing import Any

from opsplane.adapters.aws.telemetry import logger, metrics, tracer
from opsplane.assembly import scheduler
from opsplane.schedules import wake
from opsplane.schedules.book import Desk


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: Any, desk: Desk | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Sweep, or bring environments to the state that is wanted; the answer says what became of the event."""
    answer = wake.answer(event, desk or scheduler.desk())
    metrics.add_metric(name="Answers", unit="Count", value=1)
    logger.info("scheduler", extra={"answer": answer})
    return answer
