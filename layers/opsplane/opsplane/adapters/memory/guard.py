"""A guard that only remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class MemoryGuard:
    """Implements `opsplane.delivery.ports.Guard`."""

    done: set[str] = field(default_factory=set)

    def once(self, key: str, work: Callable[[], None]) -> None:
        """Run `work` unless it came to its end for the key already."""
        if key not in self.done:
            work()
            self.done.add(key)
