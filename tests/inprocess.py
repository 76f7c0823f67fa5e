"""AWS in process: moto, with the table, bus and queue that the template declares, and ports to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import boto3
from builders import NOW, settings
from moto import mock_aws
from opsplane import bootstrap
from opsplane.adapters.aws import clients
from opsplane.ports import Ports
from template import resources

BUS, LEDGER, IDEMPOTENCY = "opsplane-dev", "opsplane-dev-ledger", "opsplane-dev-idempotency"


@dataclass(frozen=True)
class Account:
    """An emulated account with what opsplane needs."""

    queue_url: str

    def client(self, service: str) -> Any:
        """A client of the tests' own."""
        return boto3.client(service, region_name="us-east-1")

    def ports(self, **changes: Any) -> Ports:
        """Ports as a Lambda gets them, without waiting; their clock started when the samples' events happened."""
        began = datetime.now(UTC)
        told = settings(
            ledger_table=LEDGER,
            bus_name=BUS,
            idempotency_table=IDEMPOTENCY,
            unhandled_queue_url=self.queue_url,
            **changes,
        )
        connected = bootstrap.connect(told, "remediator")
        return replace(connected, sleep=lambda _: None, now=lambda: NOW + (datetime.now(UTC) - began))

    def unhandled(self) -> list[dict[str, Any]]:
        """What waits in the queue of unhandled events."""
        answer = self.client("sqs").receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        found: list[dict[str, Any]] = answer.get("Messages", [])
        return found


@contextmanager
def account() -> Iterator[Account]:
    """An empty account, with the tables of the template, the bus and the queue."""
    with mock_aws():
        clients.client.cache_clear()
        for logical, name in (("LedgerTable", LEDGER), ("IdempotencyTable", IDEMPOTENCY)):
            boto3.client("dynamodb").create_table(TableName=name, **_table(logical))
        boto3.client("events").create_event_bus(Name=BUS)
        size = str(resources("AWS::SQS::Queue")["UnhandledQueue"]["MaximumMessageSize"])
        queue = boto3.client("sqs").create_queue(
            QueueName="opsplane-dev-unhandled", Attributes={"MaximumMessageSize": size}
        )
        yield Account(queue["QueueUrl"])
    clients.client.cache_clear()


def _table(logical: str) -> dict[str, Any]:
    """The parts of a table that its creation needs."""
    declared = resources("AWS::DynamoDB::Table")[logical]
    wanted = ("AttributeDefinitions", "KeySchema", "BillingMode", "GlobalSecondaryIndexes")
    return {key: declared[key] for key in wanted if key in declared}
