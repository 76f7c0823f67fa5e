"""The notifier: notices, alarms and other messages to Slack and PagerDuty."""

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from opsplane.adapters.aws.telemetry import logger, metrics, tracer
from opsplane.assembly import notifier
from opsplane.delivery.deliver import Result, deliver
from opsplane.delivery.patience import Patience, pause_after
from opsplane.delivery.ports import DeliveryPorts


@metrics.log_metrics
@tracer.capture_lambda_handler
@logger.inject_lambda_context
def lambda_handler(event: dict[str, Any], context: Any, ports: DeliveryPorts | None = None) -> dict[str, Any]:
    """Tell people about each record of a batch; the answer names the records that have to come back."""
    connected = ports or notifier.ports(context)
    patience = Patience(connected.core.sleep)

    def tell(record: SQSRecord) -> None:
        try:
            for told in deliver(record.message_id, record.body, patience, connected):
                metrics.add_metric(f"Notice{told.result.value.title()}", MetricUnit.Count, 1)
                log = logger.info if told.result is Result.TOLD else logger.error
                log("notice", extra=told.model_dump(mode="json"))
        except Exception:
            metrics.add_metric("NoticeLate", MetricUnit.Count, 1)
            pause = pause_after(int(record.attributes.approximate_receive_count or 1))
            logger.exception("the record comes back", extra={"record": record.message_id, "seconds": pause})
            connected.queue.postpone(record.receipt_handle, pause)
            raise

    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event, tell, processor, context))
