"""Let the person at the laptop put events that look as if AWS had sent them.

ministack 1.5.33 refuses `aws.*` sources in PutEvents, as AWS does. Here the gateway plays CloudTrail and
`opsplane send` plays GuardDuty and the others, both with the root key; a role (so any Lambda) is still refused.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any


def install() -> None:
    """Accept `aws.*` sources from the root key."""
    eventbridge: Any = import_module("ministack.services.eventbridge")
    evaluator: Any = import_module("ministack.core.iam_evaluator")
    put_events = eventbridge._put_events

    def put_events_for_root(data: dict[str, Any], allow_aws_source: bool = False) -> Any:  # noqa: FBT001, FBT002
        return put_events(data, allow_aws_source or evaluator.caller_arn().endswith(":root"))

    eventbridge._put_events = put_events_for_root
