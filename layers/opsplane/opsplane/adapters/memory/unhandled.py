"""A queue of unhandled events that only remembers."""

from dataclasses import dataclass, field


@dataclass
class MemoryUnhandledQueue:
    """Implements `opsplane.ports.UnhandledQueue`."""

    kept: list[tuple[object, str]] = field(default_factory=list)

    def keep(self, event: object, reason: str) -> None:
        """Remember the event and its reason."""
        self.kept.append((event, reason))
