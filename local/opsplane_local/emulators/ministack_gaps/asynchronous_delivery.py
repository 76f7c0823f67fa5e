"""Retry what EventBridge and Scheduler hand to a function, and keep what cannot be handed over.

ministack 1.5.33 runs a rule's or a schedule's function once and forgets a failure; its own asynchronous invocation
(Invoke with type `Event`) does retry and route, but takes a throttled call for a success. And nothing goes to a
target's dead-letter queue when the function does not exist.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import json
import logging
import time
from importlib import import_module
from typing import Any

THROTTLE_WAIT_SECONDS = 0.25
THROTTLE_PATIENCE_SECONDS = 21_600
"""Lambda keeps retrying a throttled event for six hours."""

logger = logging.getLogger("events")


def install() -> None:
    """Deliver to functions as Lambda's asynchronous invocation does."""
    eventbridge: Any = import_module("ministack.services.eventbridge")
    functions: Any = import_module("ministack.services.lambda_svc")
    _wait_while_throttled(functions)
    invoke_target = eventbridge._invoke_target

    def invoke_target_or_keep(
        target: dict[str, Any], event: dict[str, Any], rule: dict[str, Any], view: Any = None
    ) -> None:
        arn = target.get("Arn", "")
        if ":lambda:" in arn and functions._get_func_record_for_ref(arn)[0] is None:
            _keep(target, event, rule)
            return
        invoke_target(target, event, rule, view)

    eventbridge._invoke_target = invoke_target_or_keep
    eventbridge._dispatch_to_lambda = _invoke_asynchronously


def _invoke_asynchronously(arn: str, payload: str) -> None:
    functions: Any = import_module("ministack.services.lambda_svc")
    function, config, _name = functions._get_func_record_for_ref(arn)
    record = functions._execution_record_for_config(function, config)
    functions.invoke_async_with_retry(record, json.loads(payload))


def _wait_while_throttled(functions: Any) -> None:
    """Make the asynchronous invocation wait for a free slot, where it would drop the event."""
    invoke, execute = functions.invoke_async_with_retry, functions._execute_function

    def invoke_patiently(function: dict[str, Any], event: dict[str, Any]) -> None:
        invoke({**function, "opsplane_patient": True}, event)

    def execute_patiently(function: dict[str, Any], event: dict[str, Any]) -> Any:
        result = execute(function, event)
        deadline = time.monotonic() + THROTTLE_PATIENCE_SECONDS
        while result.get("throttle") and function.get("opsplane_patient") and time.monotonic() < deadline:
            time.sleep(THROTTLE_WAIT_SECONDS)
            result = execute(function, event)
        return result

    functions.invoke_async_with_retry = invoke_patiently
    functions._execute_function = execute_patiently


def _keep(target: dict[str, Any], event: dict[str, Any], rule: dict[str, Any]) -> None:
    """Send what cannot be delivered to the target's dead-letter queue, with the reason beside it."""
    eventbridge: Any = import_module("ministack.services.eventbridge")
    arn: Any = import_module("ministack.core.arn")
    queue = (target.get("DeadLetterConfig") or {}).get("Arn")
    logger.warning("Rule %s: no function %s; dead-letter queue: %s", rule.get("Name"), target.get("Arn"), queue)
    if queue:
        view = eventbridge._pattern_event_view(event)
        eventbridge._dispatch_to_sqs(arn.parse_arn(queue), json.dumps(view.event_with_detail()))
        message = import_module("ministack.services.sqs")._queue_by_arn(queue)["messages"][-1]
        message["message_attributes"] = {
            name: {"DataType": "String", "StringValue": value}
            for name, value in {
                "ERROR_CODE": "NO_RESOURCE",
                "ERROR_MESSAGE": f"The function {target.get('Arn')} does not exist",
                "RULE_ARN": rule.get("Arn", ""),
                "TARGET_ARN": target.get("Arn", ""),
            }.items()
        }
