"""The reporter: what a week or a month was like."""

from typing import Any

from opsplane.adapters.aws.telemetry import logger, metrics, tracer
from opsplane.assembly import reporter
from opsplane.reports import write
from opsplane.reports.write import ReportPorts


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: Any, ports: ReportPorts | None = None) -> dict[str, Any]:  # noqa: ARG001
    """Write the report that the event asks for, and say where it is."""
    answer = write.answer(event, ports or reporter.ports())
    metrics.add_metric(name="Reports", unit="Count", value=int("document" in answer))
    logger.info("report", extra={"answer": answer})
    return answer
