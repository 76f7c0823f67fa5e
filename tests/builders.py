"""Things that tests are made of: a deployment in memory, and events as AWS sends them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cloud import ACCOUNT, BUCKET, GROUP, REGION, Cloud
from opsplane import execution, flow, sweep
from opsplane.actions.action import Action
from opsplane.adapters.memory.accounts import MemoryAccounts
from opsplane.adapters.memory.bus import MemoryBus
from opsplane.adapters.memory.case_files import MemoryCaseFiles
from opsplane.adapters.memory.ledger import MemoryLedger
from opsplane.adapters.memory.unhandled import MemoryUnhandledQueue
from opsplane.ledger.entry import ACTION_REQUESTED, NOTICE_REQUESTED, EventRecord, Message
from opsplane.ledger.item import Item
from opsplane.policies.load import default
from opsplane.policies.policy import Mode, PolicySet
from opsplane.ports import Ports
from opsplane.records import find_action
from opsplane.settings import Settings
from opsplane.signals import parse
from opsplane.signals.signal import Signal

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

ALICE = {
    "type": "IAMUser",
    "principalId": "AIDAEXAMPLE",
    "arn": f"arn:aws:iam::{ACCOUNT}:user/alice",
    "accountId": ACCOUNT,
    "userName": "alice",
}
ROOT = {"type": "Root", "principalId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root", "accountId": ACCOUNT}

type Event = dict[str, Any]


def role(name: str, session: str = "session", account: str = ACCOUNT) -> dict[str, Any]:
    """The identity of somebody who assumed a role."""
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE:{session}",
        "arn": f"arn:aws:sts::{account}:assumed-role/{name}/{session}",
        "accountId": account,
        "sessionContext": {"sessionIssuer": {"type": "Role", "userName": name}},
    }


def envelope(source: str, detail_type: str, detail: dict[str, Any], **changes: Any) -> Event:
    """An EventBridge event; `changes` replace parts of the envelope (`detail_type` cannot be one of them)."""
    event = {
        "version": "0",
        "id": "event-1",
        "detail-type": detail_type,
        "source": source,
        "account": ACCOUNT,
        "time": "2026-11-22T10:00:00Z",
        "region": REGION,
        "resources": [],
        "detail": detail,
    }
    return {**event, **changes}


def call(
    service: str, name: str, request: dict[str, Any] | None, identity: dict[str, Any] = ALICE, **changes: Any
) -> Event:
    """A CloudTrail event; `error` and `response` belong to the record, other changes to the envelope."""
    detail = {
        "eventVersion": "1.11",
        "eventName": name,
        "eventSource": f"{service}.amazonaws.com",
        "userIdentity": identity,
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "aws-cli/2.27",
        "requestParameters": request,
        "responseElements": changes.pop("response", None),
    }
    if error := changes.pop("error", None):
        detail["errorCode"] = error
    return envelope(f"aws.{service}", "AWS API Call via CloudTrail", detail, **changes)


def group_opened(group: str = GROUP, identity: dict[str, Any] = ALICE, **changes: Any) -> Event:
    """Somebody called AuthorizeSecurityGroupIngress."""
    return call("ec2", "AuthorizeSecurityGroupIngress", {"groupId": group}, identity, **changes)


def bucket_opened(name: str = "PutBucketPolicy", bucket: str = BUCKET, **changes: Any) -> Event:
    """Somebody called one of the S3 calls that can expose a bucket."""
    return call("s3", name, {"bucketName": bucket}, **changes)


def config_verdict(verdict: str = "NON_COMPLIANT", rule: str = "restricted-ssh", **changes: Any) -> Event:
    """AWS Config changed its mind about a resource."""
    detail = {
        "configRuleName": rule,
        "resourceType": changes.pop("resource_type", "AWS::EC2::SecurityGroup"),
        "resourceId": changes.pop("resource_id", GROUP),
        "awsAccountId": ACCOUNT,
        "awsRegion": REGION,
        "newEvaluationResult": {"complianceType": verdict},
    }
    return envelope("aws.config", "Config Rules Compliance Change", detail, **changes)


def guardduty(score: float = 8, **changes: Any) -> Event:
    """A GuardDuty finding that is only told, on an instance; `service` and `resource` replace parts of the finding."""
    instance = {"instanceDetails": {"instanceId": "i-0123456789abcdef0", "tags": []}}
    detail = {
        "id": changes.pop("finding_id", "f00dcafe"),
        "type": changes.pop("type", "Execution:Runtime/NewBinaryExecuted"),
        "severity": score,
        "title": changes.pop("title", "EC2 instance is mining"),
        "accountId": ACCOUNT,
        "region": REGION,
        "resource": changes.pop("resource", instance),
        "service": changes.pop("service", {"archived": False, "count": 1, "resourceRole": "ACTOR"}),
    }
    return envelope("aws.guardduty", "GuardDuty Finding", detail, **changes)


def finding(
    control: str = "EC2.13", resource: str = f"arn:aws:ec2:{REGION}:{ACCOUNT}:security-group/{GROUP}", **more: Any
) -> dict[str, Any]:
    """One Security Hub finding in ASFF."""
    asff = {
        "Id": f"arn:aws:securityhub:{REGION}:{ACCOUNT}:finding/{control}",
        "AwsAccountId": ACCOUNT,
        "Region": REGION,
        "Title": f"{control} failed",
        "RecordState": "ACTIVE",
        "Severity": {"Label": "HIGH"},
        "Compliance": {"Status": "FAILED", "SecurityControlId": control},
        "Workflow": {"Status": "NEW"},
        "Resources": [{"Type": "AwsEc2SecurityGroup", "Id": resource}],
    }
    return {**asff, **more}


def security_hub(*findings: dict[str, Any], **changes: Any) -> Event:
    """Security Hub imported findings."""
    detail = {"findings": list(findings or [finding()])}
    return envelope("aws.securityhub", "Security Hub Findings - Imported", detail, **changes)


def signal(event: Event) -> Signal:
    """The one signal of an event."""
    [only] = parse(event, ACCOUNT)
    return only


@dataclass
class Clock:
    """A clock that a test moves."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.at += by


def settings(**changes: Any) -> Settings:
    """The settings of a deployment for dev."""
    values = {"environment": "dev", "account": ACCOUNT, "region": REGION, "ledger_table": "ledger", "bus_name": "bus"}
    return Settings.model_validate({**values, **changes})


shipped = cache(default)
"""The policies that opsplane ships with, read once."""


def policies(mode: Mode = Mode.ENFORCE) -> PolicySet:
    """The policies that opsplane ships with, each in one mode."""
    changed = (policy.model_copy(update={"mode": {"default": mode}}) for policy in shipped().policies)
    return shipped().model_copy(update={"policies": tuple(changed)})


@dataclass
class Deployment:
    """One opsplane in memory: a small cloud, the memory adapters, and a clock."""

    cloud: Cloud = field(default_factory=Cloud)
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    bus: MemoryBus = field(default_factory=MemoryBus)
    queue: MemoryUnhandledQueue = field(default_factory=MemoryUnhandledQueue)
    clock: Clock = field(default_factory=Clock)
    settings: Settings = field(default_factory=settings)
    policies: PolicySet = field(default_factory=shipped)
    slept: list[float] = field(default_factory=list)
    cases: MemoryCaseFiles = field(default_factory=MemoryCaseFiles)
    pause: Callable[[float], None] | None = None

    @property
    def ports(self) -> Ports:
        """What a handler hands to the core."""
        return Ports(
            settings=self.settings,
            policies=self.policies,
            ledger=self.ledger,
            api=self.cloud,
            accounts=MemoryAccounts(self.settings.account, self.cloud),
            case_files=self.cases,
            bus=self.bus,
            unhandled=self.queue,
            now=self.clock,
            sleep=self.pause or self.slept.append,
            function="remediator",
        )

    def receive(self, event: Event) -> EventRecord:
        """Deliver an event that carries one signal."""
        [record] = flow.receive(event, self.ports)
        return record

    def sweep(self) -> sweep.Swept:
        """Let the scheduler sweep."""
        return sweep.sweep(self.ports)

    def carry_out(self, action_id: str, owner: str = "request-1") -> Action:
        """Let the remediator go on with an action."""
        return execution.carry_out(find_action(action_id, self.ports), owner, self.ports)

    def sent(self, detail_type: str) -> list[Message]:
        """What the bus got, of one kind."""
        return [message for message in self.bus.published if message.detail_type == detail_type]

    @property
    def notices(self) -> list[str]:
        """Headlines of the notices that people got."""
        return [message.detail["headline"] for message in self.sent(NOTICE_REQUESTED)]

    @property
    def requests(self) -> list[str]:
        """Ids of the actions that the remediator was asked to go on with."""
        return [message.detail["action_id"] for message in self.sent(ACTION_REQUESTED)]

    @property
    def action(self) -> Action:
        """The only action."""
        [only] = self.ledger.actions.values()
        return only

    @property
    def item(self) -> Item:
        """The only item."""
        [only] = self.ledger.items.values()
        return only

    @property
    def trail(self) -> list[str]:
        """The texts of the whole trail."""
        return [entry.text for entry in self.ledger.trail.values()]
