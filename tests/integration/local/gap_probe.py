"""Look at what ministack does by itself, or with all gaps filled: `python gap_probe.py plain|filled`.

Runs in ministack's own environment, in a process of its own, because a filled gap cannot be emptied again. Prints one
JSON object with what was seen of each gap.
"""

# ruff: noqa: SLF001 - the gaps are inside the emulator

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from gap_probe_base import empty_secrets, saved_queries, vault_locks
from gap_probe_tools import PREFIX, ROLE, Seen, answer, deploy, service

sys.path[0] = str(Path(__file__).parents[3] / "local")
os.environ |= {
    "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0",
    "LOG_LEVEL": "CRITICAL",
    "MINISTACK_ACCOUNT_ID": "000000000000",
    "MINISTACK_TEST_NO_AUTOSTART": "1",
}

SETTLE_SECONDS = 1.5


def archive_resources() -> Seen:
    """A template with an archive."""
    if "AWS::Events::Archive" not in service("cloudformation.provisioners")._RESOURCE_HANDLERS:
        return {"deployed": False}
    bus = PREFIX.format("events", "event-bus/default")
    pattern = {"source": ["opsplane"]}
    deploy("AWS::Events::Archive", {"ArchiveName": "a", "SourceArn": bus, "EventPattern": pattern, "RetentionDays": 3})
    archive = answer(service("eventbridge")._describe_archive({"ArchiveName": "a"}))
    return {"deployed": archive["RetentionDays"] == 3 and json.loads(archive["EventPattern"]) == pattern}


def bus_policies() -> Seen:
    """A template that lets another account put events on the default bus, and its end."""
    handlers = service("cloudformation.provisioners")._RESOURCE_HANDLERS
    if "AWS::Events::EventBusPolicy" not in handlers:
        return {"deployed": False, "taken_back": False}
    statement = {"Effect": "Allow", "Principal": {"AWS": ["111122223333"]}, "Action": "events:PutEvents"}
    name = deploy("AWS::Events::EventBusPolicy", {"StatementId": "members", "Statement": statement})
    held = json.dumps(dict(service("eventbridge")._event_bus_policies.get("default", {})))
    handlers["AWS::Events::EventBusPolicy"]["delete"](name, {})
    left = json.dumps(dict(service("eventbridge")._event_bus_policies.get("default", {})))
    return {"deployed": "111122223333" in held, "taken_back": "111122223333" not in left}


def evaluated_resources() -> Seen:
    """On which resource a few calls are evaluated."""
    extract: Any = import_module("ministack.core.iam_actions")

    def evaluate(name: str, body: bytes = b"", **query: str) -> str:
        found = extract.extract_resource_arn(name, "POST", "/", {}, body, query, "us-east-1", "000000000000")
        return str(found)

    topic = "arn:aws:sns:us-east-1:000000000000:t"
    policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    return {
        "group": evaluate("iam", GroupName="g", PolicyArn=policy).endswith(":group/g"),
        "rule": evaluate("events", b'{"Name": "r"}').endswith(":rule/r"),
        "targets": evaluate("events", b'{"Rule": "r", "EventBusName": "b"}').endswith(":rule/b/r"),
        "topic": evaluate("sns", ResourceArn=topic) == topic,
    }


def policy_versions() -> Seen:
    """A managed policy whose first version is made the default again."""
    iam: Any = service("iam")
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam._create_policy({"PolicyName": "versioned", "PolicyDocument": document})
    arn = "arn:aws:iam::000000000000:policy/versioned"
    iam._create_policy_version({"PolicyArn": arn, "PolicyDocument": document, "SetAsDefault": "true"})
    if handler := iam._IAM_HANDLERS.get("SetDefaultPolicyVersion"):
        handler({"PolicyArn": arn, "VersionId": "v1"})
    return {"default": iam._policies.get(arn)["DefaultVersionId"]}


def aws_event_sources() -> Seen:
    """An event from an AWS source, put by root and by a role."""
    evaluator: Any = import_module("ministack.core.iam_evaluator")
    entry = {"Source": "aws.guardduty", "DetailType": "d", "Detail": "{}"}

    def taken() -> bool:
        return bool(answer(service("eventbridge")._put_events({"Entries": [entry]}))["FailedEntryCount"] == 0)

    by_root = taken()
    pinned = evaluator._request_caller_arn.set(PREFIX.format("sts", "assumed-role/r/s"))
    by_role = taken()
    evaluator._request_caller_arn.reset(pinned)
    return {"from_root": by_root, "from_role": by_role}


def loopback_transport() -> Seen:
    """What a policy sees of a call without TLS."""
    evaluator: Any = import_module("ministack.core.iam_evaluator")
    context = SimpleNamespace(secure_transport=False)
    return {"secure": evaluator._resolve_condition_key("aws:SecureTransport", context)}


def table_properties() -> Seen:
    """A table with time to live and point-in-time recovery."""
    key = [{"AttributeName": "pk", "KeyType": "HASH"}]
    props = {
        "TableName": "t",
        "KeySchema": key,
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
        "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    }
    deploy("AWS::DynamoDB::Table", props)
    dynamodb = service("dynamodb")
    lifetime = answer(dynamodb._describe_ttl({"TableName": "t"}))["TimeToLiveDescription"]
    backups = answer(dynamodb._describe_continuous_backups({"TableName": "t"}))["ContinuousBackupsDescription"]
    return {
        "time_to_live": lifetime["TimeToLiveStatus"] == "ENABLED",
        "recovery": backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED",
    }


def fleet_alarms() -> Seen:
    """An alarm on one of two queues and one on a function's errors, both with a topic to ring."""
    functions = service("lambda_svc")
    for name in ("dead", "other", "bell"):
        deploy("AWS::SQS::Queue", {"QueueName": name})
    topic = deploy("AWS::SNS::Topic", {"TopicName": "alerts"})
    subscription = {"TopicArn": topic, "Protocol": "sqs", "Endpoint": PREFIX.format("sqs", "bell")}
    deploy("AWS::SNS::Subscription", subscription)
    for name, (namespace, metric, dimension, value) in {
        "full": ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "dead"),
        "empty": ("AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "other"),
        "failing": ("AWS/Lambda", "Errors", "FunctionName", "f"),
    }.items():
        alarm = {
            "AlarmName": name,
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": dimension, "Value": value}],
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
            "AlarmActions": [topic],
        }
        deploy("AWS::CloudWatch::Alarm", alarm)
    function = {"FunctionName": "f", "FunctionArn": PREFIX.format("lambda", "function:f")}
    functions._execute_function_dispatch({}, function, {}, "1", 0.0)
    service("eventbridge")._dispatch_to_sqs(arn_of("dead"), "{}")
    time.sleep(2 * SETTLE_SECONDS)
    states = {name: alarm["StateValue"] for name, alarm in service("cloudwatch")._alarms.items()}
    return states | {"rung": len(service("sqs")._queue_by_arn(PREFIX.format("sqs", "bell"))["messages"])}


def arn_of(queue: str) -> Any:
    """Return a queue's ARN in ministack's own form."""
    arn: Any = import_module("ministack.core.arn")
    return arn.parse_arn(PREFIX.format("sqs", queue))


def function_properties() -> Seen:
    """A function with a concurrency ceiling and a dead-letter queue."""
    queue = PREFIX.format("sqs", "dead")
    props = {
        "FunctionName": "f",
        "Role": ROLE,
        "Code": {"ZipFile": "def handler(event, context): pass"},
        "ReservedConcurrentExecutions": 2,
        "DeadLetterConfig": {"TargetArn": queue},
    }
    deploy("AWS::Lambda::Function", props)
    function = service("lambda_svc")._functions["f"]
    return {
        "ceiling": function["concurrency"] == 2,
        "dead_letters": function["config"].get("DeadLetterConfig") == {"TargetArn": queue},
    }


def _schedule(name: str, expression: str, zone: str) -> None:
    deploy(
        "AWS::Scheduler::Schedule",
        {
            "Name": name,
            "ScheduleExpression": expression,
            "ScheduleExpressionTimezone": zone,
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {
                "Arn": PREFIX.format("lambda", "function:f"),
                "RoleArn": ROLE,
                "Input": '{"at": "<aws.scheduler.scheduled-time>"}',
            },
        },
    )


def _fired() -> list[str]:
    """Sweep over all schedules once and return the inputs that were delivered."""
    eventbridge, delivered = service("eventbridge"), []
    original = eventbridge._invoke_target
    eventbridge._invoke_target = lambda target, *_rest: delivered.append(target["Input"])
    service("scheduler")._tick_schedules()
    eventbridge._invoke_target = original
    return delivered


def schedule_resources() -> Seen:
    """A schedule with a time zone in a template."""
    _schedule("s", "cron(0 20 * * ? *)", "Europe/Berlin")
    stored = service("scheduler")._schedules["default/s"]
    return {"zone": stored["ScheduleExpressionTimezone"] == "Europe/Berlin"}


def schedule_zones() -> Seen:
    """A schedule that is due by the clock of another zone, half an hour off any full hour of UTC."""
    scheduler = service("scheduler")
    due = datetime.now(ZoneInfo("Asia/Kolkata")).replace(second=0, microsecond=0)
    _schedule("s", f"cron({due.minute} {due.hour} * * ? *)", "Asia/Kolkata")
    [scope] = scheduler._schedules._data
    scheduler._schedules._data[scope]["ScheduleExpressionTimezone"] = "Asia/Kolkata"
    scheduler._schedule_last_fired[scope] = (due - timedelta(minutes=2)).timestamp()
    delivered = _fired()
    moment = due.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "fired": len(delivered) == 1,
        "fired_again": len(_fired()) > 0,
        "attributes": delivered == [json.dumps({"at": moment})],
        "seconds_between_looks": scheduler._SCHEDULE_TICK_INTERVAL,
    }


def one_time_schedules() -> Seen:
    """A one-time schedule that has fired, and a restart."""
    scheduler = service("scheduler")
    _schedule("s", f"at({datetime.now(UTC) - timedelta(minutes=1):%Y-%m-%dT%H:%M:%S})", "UTC")
    first = len(_fired())
    state = scheduler.get_state()
    scheduler.reset()
    scheduler._schedule_last_fired.clear()
    scheduler.load_persisted_state(state)
    return {"fired": first, "fired_after_restart": len(_fired())}


def asynchronous_delivery() -> Seen:
    """A rule's function that fails, is throttled, or does not exist."""
    deploy("AWS::SQS::Queue", {"QueueName": "dead"})
    deploy("AWS::Lambda::Function", {"FunctionName": "f", "Role": ROLE, "Code": {"ZipFile": "handler = print"}})
    return {
        "attempts_of_a_failing_function": _attempts([{"error": True}] * 3),
        "attempts_of_a_throttled_function": _attempts([{"throttle": True}, {"throttle": True}, {}]),
        "kept_for_a_missing_function": _kept(),
    }


def _attempts(results: list[dict[str, bool]]) -> int:
    """Let a rule call a function that answers `results` in turn, and return how often it was called."""
    eventbridge, waiting = service("eventbridge"), list(results)
    PLAYED["results"] = waiting
    event = {"EventId": "1", "Source": "s", "DetailType": "d", "Detail": "{}", "Time": time.time(), "Resources": []}
    target = {"Id": "t", "Arn": PREFIX.format("lambda", "function:f")}
    eventbridge._invoke_target(target, event, {"Name": "rule"})
    time.sleep(SETTLE_SECONDS)
    return len(results) - len(waiting)


def _kept() -> int:
    """Let a rule call a function that does not exist, and return how many messages its dead-letter queue has."""
    event = {"EventId": "1", "Source": "s", "DetailType": "d", "Detail": "{}", "Time": time.time(), "Resources": []}
    queue = PREFIX.format("sqs", "dead")
    target = {"Id": "t", "Arn": PREFIX.format("lambda", "function:gone"), "DeadLetterConfig": {"Arn": queue}}
    service("eventbridge")._invoke_target(target, event, {"Name": "rule", "Arn": "arn"})
    return len(service("sqs")._queue_by_arn(queue)["messages"])


PLAYED: dict[str, list[dict[str, bool]]] = {"results": []}
"""What the played function answers from now on."""

PROBES: dict[str, Callable[[], Seen]] = {
    probe.__name__: probe
    for probe in (
        archive_resources,
        asynchronous_delivery,
        aws_event_sources,
        bus_policies,
        evaluated_resources,
        policy_versions,
        empty_secrets,
        fleet_alarms,
        function_properties,
        loopback_transport,
        one_time_schedules,
        saved_queries,
        schedule_resources,
        schedule_zones,
        table_properties,
        vault_locks,
    )
}


def main() -> None:
    """Fill the gaps if asked to, look at each, and print."""
    app: Any = import_module("ministack.app")
    service("lambda_svc")._execute_function_dispatch = lambda *_arguments: {"error": True}
    service("lambda_svc")._execute_function = lambda *_arguments: PLAYED["results"].pop(0) if PLAYED["results"] else {}
    if sys.argv[1] == "filled":
        import_module("opsplane_local.emulators.ministack_gaps").install()
    seen: dict[str, Seen] = {}
    for gap, probe in PROBES.items():
        app._reset_all_state()
        seen[gap] = probe()
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main()
