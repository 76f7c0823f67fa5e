"""A Terraform state file, version 4: only what is compared, for the rest of it holds secrets.

https://developer.hashicorp.com/terraform/language/state — the format is internal but has been version 4 since 0.12.
"""

from typing import Any, Literal, Protocol

from pydantic import Field, ValidationError

from opsplane.errors import PermanentError
from opsplane.signals.envelope import Wire


class InvalidState(PermanentError):
    """A file that is not a Terraform state of version 4."""


class Instance(Wire):
    """One object of a resource: what `count` or `for_each` made of it, and its attributes."""

    index_key: str | int | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)


class StateResource(Wire):
    """One resource block."""

    mode: str
    type: str
    name: str
    module: str | None = None
    instances: tuple[Instance, ...] = ()

    def address(self, instance: Instance) -> str:
        """The name that Terraform prints, e.g. `module.networking.aws_security_group.this["app"]`."""
        prefix = f"{self.module}." if self.module else ""
        match instance.index_key:
            case None:
                index = ""
            case int() as number:
                index = f"[{number}]"
            case key:
                index = f'["{key}"]'
        return f"{prefix}{self.type}.{self.name}{index}"


class State(Wire):
    """A state; data sources are not part of what is managed."""

    version: Literal[4]
    serial: int
    lineage: str = ""
    resources: tuple[StateResource, ...] = ()

    @property
    def managed(self) -> tuple[StateResource, ...]:
        """The resources that Terraform owns."""
        return tuple(resource for resource in self.resources if resource.mode == "managed")


class StateReader(Protocol):
    """Where the state is kept."""

    @property
    def place(self) -> str:
        """Its address for people, e.g. `s3://bucket/key`."""
        ...

    def read(self) -> bytes:
        """The state file as it is.

        Raises:
            ResourceNotFound: there is none (yet). AccessDenied: it may not be read. PermanentError: not configured.
            ServiceUnavailable: it cannot be read just now.
        """
        ...


def parse(text: bytes) -> State:
    """The state in a file.

    Raises:
        InvalidState: naming the fields that are wrong, never their values.
    """
    try:
        return State.model_validate_json(text)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, fault["loc"])) or "the file" for fault in error.errors()[:3])
        message = f"it is not a Terraform state of version 4: look at {fields}"
        # The chain would show values of the state.
        raise InvalidState(message) from None
