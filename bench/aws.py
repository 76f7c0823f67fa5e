"""The one AWS that all contenders meet: moto in a process of its own, with the tables, bus and queue of opsplane."""

import copy
import itertools
import json
import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ACCOUNT: Final = "000000000000"
REGION: Final = "us-east-1"
LEDGER_TABLE: Final = "opsplane-dev-ledger"
BUS: Final = "opsplane-dev"
QUEUE: Final = "opsplane-dev-unhandled"
BUCKET: Final = "bench-custodian-output"
"""What Custodian's records go to."""

_ROOT = Path(__file__).parents[1]
_SAMPLE = _ROOT / "events" / "cloudtrail" / "sg-open-ssh.json"
_PATIENCE = 30.0
_LEDGER_KEYS = ("pk", "sk", "list_key", "list_at", "due_key", "due_at")


@dataclass
class Account:
    """An account on the emulator at `endpoint`."""

    endpoint: str
    _clients: dict[str, Any] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _sample: dict[str, Any] = field(default_factory=lambda: json.loads(_SAMPLE.read_text()))

    def client(self, service: str) -> Any:
        """A client of the bench's own."""
        if service not in self._clients:
            make: Any = boto3.client
            self._clients[service] = make(
                service,
                region_name=REGION,
                endpoint_url=self.endpoint,
                aws_access_key_id="bench",
                aws_secret_access_key="bench",  # noqa: S106 - opens nothing
                config=Config(retries={"max_attempts": 0}),
            )
        return self._clients[service]

    def prepare(self) -> None:
        """Make what `template.yaml` declares and the remediator needs."""
        dynamodb = self.client("dynamodb")
        dynamodb.create_table(
            TableName=LEDGER_TABLE,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in _LEDGER_KEYS],
            KeySchema=_keys("pk", "sk"),
            GlobalSecondaryIndexes=[_index("lists", "list_key", "list_at"), _index("due", "due_key", "due_at")],
        )
        self.client("events").create_event_bus(Name=BUS)
        self.client("sqs").create_queue(QueueName=QUEUE)
        self.client("s3").create_bucket(Bucket=BUCKET)

    def open_group(self) -> dict[str, Any]:
        """Open a new security group to the internet; the answer is the event that tells of it."""
        ec2 = self.client("ec2")
        name = f"bench-{next(self._numbers)}"
        group: str = ec2.create_security_group(GroupName=name, Description="opened by the bench")["GroupId"]
        office = {"CidrIp": "10.20.0.0/16", "Description": "the neighbour that has to stay"}
        world = {"CidrIp": "0.0.0.0/0", "Description": "temporary access from home"}
        rules = [
            ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[_ssh(source)])["SecurityGroupRules"]
            for source in (office, world)
        ]
        return self._event(group, rules[1][0]["SecurityGroupRuleId"])

    def closed(self, event: dict[str, Any]) -> bool:
        """Whether the event's group has lost its open rule and kept its neighbour; the group is removed."""
        ec2, group = self.client("ec2"), event["detail"]["requestParameters"]["groupId"]
        found = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
        sources = [source["CidrIp"] for permission in found for source in permission["IpRanges"]]
        ec2.delete_security_group(GroupId=group)
        return sources == ["10.20.0.0/16"]

    def forget(self) -> None:
        """Empty the ledger.

        A policy that acted 30 times in a clock hour would ask from then on. And moto copies all tables in every
        transaction, so that each event would pay for those before it, which DynamoDB asks of nobody.
        """
        dynamodb = self.client("dynamodb")
        rows = dynamodb.scan(TableName=LEDGER_TABLE)["Items"]
        for some in itertools.batched(rows, 25):
            gone = [{"DeleteRequest": {"Key": {key: row[key] for key in ("pk", "sk")}}} for row in some]
            dynamodb.batch_write_item(RequestItems={LEDGER_TABLE: gone})

    def _event(self, group: str, rule: str) -> dict[str, Any]:
        """The sample as if it had happened just now to this group."""
        event = copy.deepcopy(self._sample)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        event.update(id=str(uuid.uuid4()), time=now)
        detail = event["detail"]
        detail.update(eventID=str(uuid.uuid4()), eventTime=now)
        detail["requestParameters"]["groupId"] = group
        detail["responseElements"]["securityGroupRuleSet"]["items"][0].update(groupId=group, securityGroupRuleId=rule)
        return event


@contextmanager
def emulated() -> Iterator[Account]:
    """Run moto on a free port; it ends with the block."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "bench.emulator", str(port)]
    environment = {**os.environ, "MOTO_ACCOUNT_ID": ACCOUNT, "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        command, cwd=_ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            account = Account(f"http://127.0.0.1:{port}")
            _wait_for(account, server)
            account.prepare()
            yield account
        finally:
            server.terminate()


def _wait_for(account: Account, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            account.client("ec2").describe_security_groups()
        except (BotoCoreError, ClientError):
            time.sleep(0.1)
        else:
            return
    message = "the emulator does not answer"
    raise RuntimeError(message)


def _ssh(source: dict[str, str]) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [source]}


def _keys(*names: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, ("HASH", "RANGE"), strict=False)]


def _index(name: str, *keys: str) -> dict[str, Any]:
    return {"IndexName": name, "KeySchema": _keys(*keys), "Projection": {"ProjectionType": "ALL"}}
