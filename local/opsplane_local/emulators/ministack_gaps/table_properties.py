"""Honour time to live and point-in-time recovery of tables: ministack 1.5.33 ignores both in a template."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any

from opsplane_local.emulators.ministack_gaps.resource_handlers import after_deploy


def install() -> None:
    """Apply both properties after each create and update of a table."""
    after_deploy("AWS::DynamoDB::Table", _apply)


def _apply(table: str, props: dict[str, Any]) -> None:
    dynamodb: Any = import_module("ministack.services.dynamodb")
    if lifetime := props.get("TimeToLiveSpecification"):
        dynamodb._update_ttl({"TableName": table, "TimeToLiveSpecification": _typed(lifetime)})
    if recovery := props.get("PointInTimeRecoverySpecification"):
        dynamodb._update_continuous_backups({"TableName": table, "PointInTimeRecoverySpecification": _typed(recovery)})


def _typed(specification: dict[str, Any]) -> dict[str, Any]:
    """Return the specification with real booleans: a template may say "true" in quotes."""
    return {
        name: str(value).lower() == "true" if name.endswith("Enabled") else value
        for name, value in specification.items()
    }
