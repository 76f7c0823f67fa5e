"""What every probe of a gap stands on: ministack's services, called from within."""

# ruff: noqa: SLF001 - the gaps are inside the emulator

import json
from importlib import import_module
from typing import Any

PREFIX = "arn:aws:{}:us-east-1:000000000000:{}"
ROLE = "arn:aws:iam::000000000000:role/r"

type Seen = dict[str, Any]


def service(name: str) -> Any:
    """Return one of ministack's service modules."""
    return import_module(f"ministack.services.{name}")


def deploy(resource_type: str, props: dict[str, Any]) -> str:
    """Create a resource as CloudFormation does, update it with the same properties, and return its name."""
    provisioners = service("cloudformation.provisioners")
    name, _attributes = provisioners._provision_resource(resource_type, "Thing", props, "stack")
    provisioners._update_resource(resource_type, name, props, props, "stack", "Thing")
    return str(name)


def answer(response: Any) -> Any:
    """Return the document of a service's response."""
    return json.loads(response[2])
