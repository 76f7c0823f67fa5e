"""A Terraform state in memory."""

from dataclasses import dataclass

from opsplane.errors import ResourceNotFound


@dataclass
class MemoryStateReader:
    """Implements `opsplane.drift.state.StateReader`; without a text there is no state, `fault` is raised when set."""

    text: bytes | None = None
    place: str = "memory://state"
    fault: Exception | None = None

    def read(self) -> bytes:
        """The state file as it is."""
        if self.fault:
            raise self.fault
        if self.text is None:
            message = f"there is no Terraform state at {self.place}"
            raise ResourceNotFound(message)
        return self.text
