"""A queue of notices that only remembers."""

from dataclasses import dataclass, field


@dataclass
class MemoryNoticeQueue:
    """Implements `opsplane.delivery.ports.NoticeQueue`."""

    postponed: dict[str, int] = field(default_factory=dict)

    def postpone(self, receipt: str, seconds: int) -> None:
        """Remember when the record comes back."""
        self.postponed[receipt] = seconds
