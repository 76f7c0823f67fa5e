"""Do something more after CloudFormation has created or updated a resource of one type."""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from collections.abc import Callable
from importlib import import_module
from typing import Any

type Finish = Callable[[str, dict[str, Any]], None]


def after_deploy(resource_type: str, finish: Finish) -> None:
    """Call `finish(physical_id, properties)` after each create and each update of a `resource_type`."""
    provisioners: Any = import_module("ministack.services.cloudformation.provisioners")
    handler = provisioners._RESOURCE_HANDLERS[resource_type]
    create, update = handler["create"], handler["update"]

    def create_and_finish(logical_id: str, props: dict[str, Any], stack_name: str) -> Any:
        created = create(logical_id, props, stack_name)
        finish(created[0], props)
        return created

    def update_and_finish(physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any, **named: Any) -> Any:
        updated = update(physical_id, old, new, *rest, **named)
        finish(updated[0], new)
        return updated

    provisioners._RESOURCE_HANDLERS[resource_type] = {
        **handler,
        "create": create_and_finish,
        "update": update_and_finish,
    }
