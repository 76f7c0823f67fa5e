"""Keep all properties of `AWS::Scheduler::Schedule`: ministack 1.5.33 drops its time zone, start and end."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any

from opsplane_local.emulators.ministack_gaps.resource_handlers import after_deploy

DROPPED = ("ScheduleExpressionTimezone", "StartDate", "EndDate", "KmsKeyArn")


def install() -> None:
    """Write the dropped properties into the schedule after each create and update."""
    after_deploy("AWS::Scheduler::Schedule", _apply)


def _apply(name: str, props: dict[str, Any]) -> None:
    schedules: Any = import_module("ministack.services.scheduler")._schedules
    schedule = schedules[f"{props.get('GroupName', 'default')}/{name}"]
    schedule.update({key: props.get(key) for key in DROPPED})
    schedule["ScheduleExpressionTimezone"] = props.get("ScheduleExpressionTimezone", "UTC")
