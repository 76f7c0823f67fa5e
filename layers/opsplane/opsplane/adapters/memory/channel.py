"""A channel that only remembers."""

from dataclasses import dataclass, field

from opsplane.notices.notice import Notice


@dataclass
class MemoryChannel:
    """Implements `opsplane.delivery.ports.Channel`; each of `faults` is raised by one try, in order."""

    label: str = "Slack"
    address: bool = True
    sent: list[Notice] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    tries: int = 0

    def configured(self) -> bool:
        """Whether an address is known."""
        return self.address

    def send(self, notice: Notice) -> None:
        """Remember the notice."""
        self.tries += 1
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(notice)
