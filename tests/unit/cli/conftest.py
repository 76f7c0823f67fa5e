"""A terminal in front of an opsplane in memory, whose functions work whenever the command line waits."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from builders import NOW, Deployment
from cloud import ACCOUNT, REGION, Cloud
from moto.events.models import EventPattern
from opsplane import flow
from opsplane.adapters.memory.schedule_store import MemoryScheduleStore
from opsplane.ledger.entry import ACTION_REQUESTED
from opsplane.policies.load import default
from opsplane.policies.policy import PolicySet
from opsplane.schedules.book import Desk
from opsplane.schedules.reconcile import reconcile
from opsplane_cli.connection import Connection
from opsplane_cli.main import app
from opsplane_cli.outside import Outside
from typer.testing import CliRunner, Result

REMEDIATOR = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:opsplane-dev-remediator"


class Session:
    """A boto3 session whose account is the emulated one; scenes ask for it before they touch anything."""

    region_name = REGION

    def client(self, *_: object, **__: object) -> "Session":
        """STS."""
        return self

    def get_caller_identity(self) -> dict[str, str]:
        """Whose account it is."""
        return {"Account": ACCOUNT}


@dataclass
class Pages:
    """A paginator with one page."""

    page: dict[str, Any]

    def paginate(self, **_: Any) -> list[dict[str, Any]]:
        """The page."""
        return [self.page]


@dataclass
class Bus:
    """EventBridge: rules with their functions, and what was put; `refuses` is an error code for every event."""

    rules: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    put: list[dict[str, Any]] = field(default_factory=list)
    refuses: str = ""

    def get_paginator(self, operation: str) -> Any:
        """A paginator of `list_rules` or `list_targets_by_rule`."""
        if operation == "list_rules":
            rules = [{"Name": name, "EventPattern": json.dumps(pattern)} for name, (pattern, _) in self.rules.items()]
            return Pages({"Rules": rules})
        return self

    def paginate(self, Rule: str) -> list[dict[str, Any]]:  # noqa: N803 - boto3's spelling
        """The targets of one rule."""
        return [{"Targets": [{"Arn": self.rules[Rule][1]}]}]

    def test_event_pattern(self, EventPattern: str, Event: str) -> dict[str, Any]:  # noqa: N803 - boto3's spelling
        """What moto's matcher says."""
        return {"Result": _matches(EventPattern, json.loads(Event))}

    def put_events(self, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's spelling
        """Take an event under a new id, or refuse it."""
        if self.refuses:
            return {"Entries": [{"ErrorCode": self.refuses, "ErrorMessage": "not today"}]}
        self.put.append(Entries[0])
        return {"Entries": [{"EventId": f"put-{len(self.put)}"}]}


def _matches(pattern: str, event: dict[str, Any]) -> bool:
    return bool(EventPattern.load(pattern).matches_event(event))


@dataclass
class Functions:
    """Lambda: who was invoked with what, and what a function that is asked answers."""

    invoked: list[tuple[str, str, Any]] = field(default_factory=list)
    answer: Any = None
    error: str = ""

    def invoke(self, FunctionName: str, Payload: str, InvocationType: str = "RequestResponse") -> dict[str, Any]:  # noqa: N803
        """Remember the invocation."""
        self.invoked.append((FunctionName, InvocationType, json.loads(Payload)))
        told = {"Payload": BytesIO(json.dumps(self.answer).encode())}
        return {**told, "FunctionError": self.error} if self.error else told


@dataclass
class Queues:
    """SQS: the messages of each queue as ReceiveMessage hands them out, and which of them are hidden."""

    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def have(self, queue: str, body: object, **changes: Any) -> None:
        """Have a message in a queue; texts in `changes` are its attributes."""
        found = self.messages.setdefault(queue, [])
        number = f"message-{len(found) + 1}"
        attributes = {name: {"StringValue": text} for name, text in changes.items()}
        sent = {"SentTimestamp": str(int(NOW.timestamp() * 1000) - 60_000)}
        text = body if isinstance(body, str) else json.dumps(body)
        message = {"MessageId": number, "ReceiptHandle": number, "Body": text, "Attributes": sent}
        found.append({**message, "MessageAttributes": attributes})

    def get_queue_url(self, QueueName: str) -> dict[str, str]:  # noqa: N803 - boto3's spelling
        """The address of a queue, or what AWS answers when there is none."""
        if QueueName not in self.messages:
            fault = {"Error": {"Code": "AWS.SimpleQueueService.NonExistentQueue", "Message": QueueName}}
            raise ClientError(fault, "GetQueueUrl")
        return {"QueueUrl": QueueName}

    def receive_message(self, QueueUrl: str, MaxNumberOfMessages: int, **_: Any) -> dict[str, Any]:  # noqa: N803
        """Some messages that nobody holds; they are hidden from then on."""
        seen = [each for each in self.messages[QueueUrl] if each["MessageId"] not in self.hidden]
        handed = seen[:MaxNumberOfMessages]
        self.hidden |= {each["MessageId"] for each in handed}
        return {"Messages": handed} if handed else {}

    def change_message_visibility(self, QueueUrl: str, ReceiptHandle: str, VisibilityTimeout: int) -> None:  # noqa: ARG002, N803
        """Show a message again."""
        self.hidden.discard(ReceiptHandle)

    def delete_message(self, QueueUrl: str, ReceiptHandle: str) -> None:  # noqa: N803 - boto3's spelling
        """Take a message out."""
        kept = [each for each in self.messages[QueueUrl] if each["ReceiptHandle"] != ReceiptHandle]
        self.messages[QueueUrl] = kept

    def send_message(self, QueueUrl: str, MessageBody: str) -> None:  # noqa: N803 - boto3's spelling
        """Put a message in."""
        self.have(QueueUrl, MessageBody)


@cache
def _shipped() -> PolicySet:
    """The policies that opsplane ships with, read once for all tests."""
    return default()


@dataclass
class Terminal:
    """Runs `opsplane` commands; while one of them sleeps, the functions of the deployment do what they got.

    Attributes:
        deployment: The opsplane behind it; not `local` means that it counts as a real account.
        session: The boto3 session that scenes use.
        idle: Whether the functions do nothing, as when they are broken.
        store: What the scheduler keeps.
        estate: The AWS API in place of the deployment's cloud, for what sleeps.
    """

    deployment: Deployment = field(default_factory=lambda: Deployment(cloud=Cloud().open_group(), policies=_shipped()))
    bus: Bus = field(default_factory=Bus)
    functions: Functions = field(default_factory=Functions)
    queues: Queues = field(default_factory=Queues)
    local: bool = True
    session: Any = field(default_factory=Session)
    idle: bool = False
    seconds: float = 0.0
    environments: list[str] = field(default_factory=list)
    store: MemoryScheduleStore = field(default_factory=MemoryScheduleStore)
    estate: Any = None
    _done: list[Any] = field(default_factory=list)

    def run(self, *words: str, answer: str | None = None, columns: int = 80) -> Result:
        """Run one command line; `answer` is typed when it asks."""
        world = Outside(self._connect, lambda: self.seconds, self._sleep, self.deployment.clock)
        environment = {"COLUMNS": str(columns), "TERM": "dumb"}
        return CliRunner().invoke(app, list(words), obj=world, input=answer, env=environment)

    def document(self, *words: str) -> Any:
        """The JSON document that a command prints."""
        return json.loads(self.run(*words, "--json").stdout)

    def _connect(self, environment: str) -> Connection:
        self.environments.append(environment)
        clients = {"events": self.bus, "lambda": self.functions, "sqs": self.queues}
        ports = replace(self.deployment.ports, api=self.estate) if self.estate else self.deployment.ports
        return Connection(ports, "ada", self.local, clients.__getitem__, self.session, self.store)

    def _sleep(self, seconds: float) -> None:
        self.seconds += seconds
        if not self.idle:
            self._work()

    def _work(self) -> None:
        if self.estate:
            reconcile("dev", Desk(replace(self.deployment.ports, api=self.estate), self.store))
        stamp = {"account": ACCOUNT, "region": REGION, "version": "0"}
        put = [
            {"id": f"put-{number}", **stamp, "source": each["Source"], "detail-type": each["DetailType"]}
            | {"detail": json.loads(each["Detail"]), "time": each.get("Time", "2026-11-22T10:00:00Z"), "resources": []}
            for number, each in enumerate(self.bus.put, start=1)
        ]
        invoked = [event for name, kind, event in self.functions.invoked if kind == "Event" and "remediator" in name]
        for event in (event for event in [*put, *invoked] if event not in self._done):
            self._done.append(event)
            flow.receive(event, self.deployment.ports)
        asked = [each for each in self.deployment.sent(ACTION_REQUESTED) if each.id not in self._done]
        for each in asked:
            self._done.append(each.id)
            self.deployment.carry_out(each.detail["action_id"], each.id)


@pytest.fixture
def terminal() -> Terminal:
    """A terminal in front of a deployment with one security group open to the world."""
    return Terminal()


@pytest.fixture
def listening(terminal: Terminal) -> Terminal:
    """The same, and the rule for changes of security groups is there."""
    pattern = {"source": ["aws.ec2"], "detail": {"eventName": ["AuthorizeSecurityGroupIngress"]}}
    terminal.bus.rules["opsplane-dev-Ec2Calls"] = (pattern, REMEDIATOR)
    return terminal


@pytest.fixture
def save(tmp_path: Path) -> Callable[[object], str]:
    """Writes an event file and tells its path."""

    def write(event: object, name: str = "event.json") -> str:
        file = tmp_path / name
        file.write_text(event if isinstance(event, str) else json.dumps(event))
        return str(file)

    return write
