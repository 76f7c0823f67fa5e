"""The remediator: findings, risky changes, and actions that somebody agreed to or wants undone."""

from typing import Any

from opsplane import bootstrap, flow
from opsplane.adapters.aws.telemetry import logger, metrics, tracer
from opsplane.ports import Ports


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: Any, ports: Ports | None = None) -> list[dict[str, Any]]:
    """Answer one event; the result says what became of it, one record for each signal."""
    # Lambda repeats an invocation that failed under the same request id.
    answers = flow.answer(event, ports or bootstrap.ports(), context.aws_request_id)
    metrics.add_metric(name="Answers", unit="Count", value=len(answers))
    return answers
