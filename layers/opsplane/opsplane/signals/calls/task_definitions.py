"""ECS: task definitions that reach for their host."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_ARN = re.compile(r"arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:task-definition/[\w-]{1,255}:\d+")


def read_registration(record: Record) -> tuple[Heard, ...]:
    """RegisterTaskDefinition; one that keeps to its containers is harmless."""
    registered = record.response.get("taskDefinition")
    found = registered.get("taskDefinitionArn") if isinstance(registered, dict) else None
    arn = checked(record, found, _ARN, "AWS::ECS::TaskDefinition")
    containers = [each for each in record.value("containerDefinitions") or [] if isinstance(each, dict)]
    volumes = [each for each in record.value("volumes") or [] if isinstance(each, dict)]
    reaches = (
        any(each.get("privileged") for each in containers)
        or record.text("networkMode") == "host"
        or any(isinstance(each.get("host"), dict) and each["host"].get("sourcePath") for each in volumes)
    )
    harmless = None if reaches else "it keeps to its containers"
    return (Heard(kind=Kind.PRIVILEGED_TASK, type="AWS::ECS::TaskDefinition", id=arn, harmless=harmless),)


CALLS: Mapping[str, Reader] = {"RegisterTaskDefinition": read_registration}
