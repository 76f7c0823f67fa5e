"""Ring the fleet's alarms: on messages in a queue, and on a function's errors.

ministack 1.5.33 has no metrics of queues, counts a function's errors only when its caller waits for the answer, looks
at alarms only when somebody puts a metric, and mixes all queues and functions into one number. Alarms of a template
live in ministack; those of Terraform live in moto and never ring.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import json
import logging
import threading
import time
from collections import deque
from importlib import import_module
from typing import Any

LOOK_SECONDS = 2.0
"""Far below an alarm's own period, so that a person who watches need not wait a minute."""

REMEMBERED_ERRORS = 1_000

type Scope = tuple[str, str, str]

logger = logging.getLogger("cloudwatch")

_errors: dict[str, deque[float]] = {}
"""When each function failed last, by its ARN, in epoch seconds."""


def install() -> None:
    """Count errors of functions, and look at all alarms again and again in a thread of its own."""
    functions: Any = import_module("ministack.services.lambda_svc")
    execute = functions._execute_function_dispatch

    def execute_and_count(function: dict[str, Any], config: dict[str, Any], *rest: Any) -> Any:
        result = execute(function, config, *rest)
        if isinstance(result, dict) and result.get("error"):
            count_error(config["FunctionArn"], time.time())
        return result

    functions._execute_function_dispatch = execute_and_count
    topics: Any = import_module("ministack.services.sns")
    fan_out = topics._fanout

    def fan_out_in_full(topic: str, message_id: str, message: str, *rest: Any, **more: Any) -> Any:
        return fan_out(topic, message_id, in_full(message, topic), *rest, **more)

    topics._fanout = fan_out_in_full
    threading.Thread(target=_look_forever, name="fleet-alarms", daemon=True).start()


def in_full(message: str, topic: str) -> str:
    """An alarm's message with what AWS says and ministack leaves out: its ARN, and dimensions with small initials."""
    try:
        told = json.loads(message)
    except ValueError:
        return message
    if not isinstance(told, dict) or "NewStateValue" not in told or "AlarmArn" in told:
        return message
    region, account = topic.split(":")[3:5]
    trigger = told.get("Trigger", {})
    dimensions = [{key.lower(): value for key, value in each.items()} for each in trigger.get("Dimensions", [])]
    arn = f"arn:aws:cloudwatch:{region}:{account}:alarm:{told.get('AlarmName', '')}"
    return json.dumps({**told, "AlarmArn": arn, "Trigger": {**trigger, "Dimensions": dimensions}})


def count_error(function_arn: str, now: float) -> None:
    """Remember that a function failed at `now` (epoch seconds)."""
    _errors.setdefault(function_arn, deque(maxlen=REMEMBERED_ERRORS)).append(now)


def look_at_alarms(now: float) -> None:
    """Bring each alarm that we have a number for into the state it should have at `now`, and ring."""
    cloudwatch: Any = import_module("ministack.services.cloudwatch")
    responses: Any = import_module("ministack.core.responses")
    for scope, alarm in list(cloudwatch._alarms._data.items()):
        responses.set_request_account_id(scope[0])
        responses.set_request_region(scope[1])
        number = _number(scope, alarm, now)
        if number is not None:
            _settle(cloudwatch, alarm, number)


def _look_forever() -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        try:
            look_at_alarms(time.time())
        except Exception:
            # One odd alarm must not silence all others for good.
            logger.exception("The fleet's alarms could not be looked at")


def _number(scope: Scope, alarm: dict[str, Any], now: float) -> float | None:
    """Return what the alarm measures, or None when it measures something that we do not know."""
    account, region, _name = scope
    dimensions = {item["Name"]: item["Value"] for item in alarm.get("Dimensions") or []}
    match alarm.get("Namespace"), alarm.get("MetricName"):
        case "AWS/SQS", "ApproximateNumberOfMessagesVisible":
            return _visible_messages(f"arn:aws:sqs:{region}:{account}:{dimensions.get('QueueName')}", now)
        case "AWS/Lambda", "Errors":
            since = now - float(alarm.get("Period") or 60) * int(alarm.get("EvaluationPeriods") or 1)
            arn = f"arn:aws:lambda:{region}:{account}:function:{dimensions.get('FunctionName')}"
            return sum(1 for moment in _errors.get(arn, ()) if moment >= since)
        case _:
            return None


def _visible_messages(queue_arn: str, now: float) -> float | None:
    queue = import_module("ministack.services.sqs")._queue_by_arn(queue_arn)
    return None if queue is None else sum(1 for message in queue["messages"] if message["visible_at"] <= now)


def _settle(cloudwatch: Any, alarm: dict[str, Any], number: float) -> None:
    threshold, operator = float(alarm.get("Threshold") or 0), alarm.get("ComparisonOperator", "")
    breaching = {
        "GreaterThanOrEqualToThreshold": number >= threshold,
        "GreaterThanThreshold": number > threshold,
        "LessThanThreshold": number < threshold,
        "LessThanOrEqualToThreshold": number <= threshold,
    }.get(operator, False)
    old, new = alarm["StateValue"], "ALARM" if breaching else "OK"
    if old == new:
        return
    reason = f"Threshold Crossed: 1 datapoint [{number}] against {operator} {threshold}"
    alarm |= {"StateValue": new, "StateReason": reason, "StateUpdatedTimestamp": int(time.time())}
    cloudwatch._record_history(alarm["AlarmName"], old, new, reason)
    cloudwatch._dispatch_alarm_actions(alarm, old, new, reason)
