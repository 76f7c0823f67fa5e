"""Deploy `AWS::Events::EventBusPolicy`: ministack 1.5.33 has permissions of buses and rejects a template with one."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any


def install() -> None:
    """Teach CloudFormation the resource type."""
    provisioners: Any = import_module("ministack.services.cloudformation.provisioners")
    eventbridge: Any = import_module("ministack.services.eventbridge")

    def put(props: dict[str, Any]) -> tuple[str, dict[str, str]]:
        said, bus = props.get("Statement") or {}, props.get("EventBusName", "default")
        eventbridge._put_permission(
            {
                "EventBusName": bus,
                "StatementId": props["StatementId"],
                "Principal": said.get("Principal", "*"),
                "Action": said.get("Action", "events:PutEvents"),
                "Condition": said.get("Condition"),
            }
        )
        return f"{bus}|{props['StatementId']}", {}

    def create(_logical_id: str, props: dict[str, Any], _stack_name: str) -> tuple[str, dict[str, str]]:
        return put(props)

    def update(_physical_id: str, _old: dict[str, Any], new: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
        return put(new)

    def delete(physical_id: str, _props: dict[str, Any]) -> None:
        bus, _, statement = physical_id.partition("|")
        eventbridge._remove_permission({"EventBusName": bus, "StatementId": statement})

    provisioners._RESOURCE_HANDLERS["AWS::Events::EventBusPolicy"] = {
        "create": create,
        "update": update,
        "delete": delete,
    }
