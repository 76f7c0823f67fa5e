"""Deploy `AWS::Events::Archive`: ministack 1.5.33 has archives in its API and rejects a template that names one."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

import json
from importlib import import_module
from typing import Any

HTTP_ERROR = 400


def install() -> None:
    """Teach CloudFormation the resource type."""
    provisioners: Any = import_module("ministack.services.cloudformation.provisioners")
    eventbridge: Any = import_module("ministack.services.eventbridge")

    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> tuple[str, dict[str, str]]:
        name = props.get("ArchiveName") or provisioners._physical_name(stack_name, logical_id, max_len=48)
        answer = _succeed(eventbridge._create_archive(_request(name, props)))
        return name, {"Arn": answer["ArchiveArn"], "ArchiveName": name}

    def update(physical_id: str, _old: dict[str, Any], new: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
        answer = _succeed(eventbridge._update_archive(_request(physical_id, new)))
        return physical_id, {"Arn": answer["ArchiveArn"], "ArchiveName": physical_id}

    def delete(physical_id: str, _props: dict[str, Any]) -> None:
        eventbridge._delete_archive({"ArchiveName": physical_id})

    provisioners._RESOURCE_HANDLERS["AWS::Events::Archive"] = {
        "create": create,
        "update": update,
        "delete": delete,
    }


def _request(name: str, props: dict[str, Any]) -> dict[str, Any]:
    pattern = props.get("EventPattern", "")
    return {
        "ArchiveName": name,
        "EventSourceArn": props.get("SourceArn", ""),
        "Description": props.get("Description", ""),
        "EventPattern": json.dumps(pattern) if isinstance(pattern, dict) else pattern,
        "RetentionDays": int(props.get("RetentionDays", 0)),
    }


def _succeed(response: Any) -> dict[str, Any]:
    status, _headers, body = response
    if status >= HTTP_ERROR:
        message = f"AWS::Events::Archive failed: {body!r}"
        raise ValueError(message)
    answer: dict[str, Any] = json.loads(body)
    return answer
