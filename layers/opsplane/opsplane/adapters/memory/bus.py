"""A bus that only remembers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from opsplane.ledger.entry import Message


@dataclass
class MemoryBus:
    """Implements `opsplane.ports.Bus`; `fault` is raised by the next publish when a test sets it."""

    published: list[Message] = field(default_factory=list)
    fault: Exception | None = None

    def publish(self, messages: Sequence[Message]) -> None:
        """Remember the events."""
        if self.fault and messages:
            raise self.fault
        self.published.extend(messages)
