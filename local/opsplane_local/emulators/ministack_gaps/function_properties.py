"""Honour two function properties that ministack 1.5.33 ignores in a template.

Without them, a concurrency ceiling is not felt and a function's dead-letter queue stays empty.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any

from opsplane_local.emulators.ministack_gaps.resource_handlers import after_deploy


def install() -> None:
    """Apply reserved concurrency and dead-letter queue after each create and update of a function."""
    after_deploy("AWS::Lambda::Function", _apply)


def _apply(name: str, props: dict[str, Any]) -> None:
    function: Any = import_module("ministack.services.lambda_svc")._functions.get(name)
    reserved = props.get("ReservedConcurrentExecutions")
    function["concurrency"] = None if reserved is None else int(reserved)
    if dead_letters := props.get("DeadLetterConfig"):
        function["config"]["DeadLetterConfig"] = dead_letters
    else:
        function["config"].pop("DeadLetterConfig", None)
