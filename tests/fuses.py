"""Bad luck on purpose: everything that a deployment does outside can be cut off before or after it took effect."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from builders import Deployment
from cloud import Cloud
from opsplane.adapters.memory.bus import MemoryBus
from opsplane.adapters.memory.ledger import MemoryLedger
from opsplane.ledger.entry import Message
from opsplane.ledger.ledger import Change


class Killed(BaseException):
    """The process ended here, as when a function runs out of time; no handler may see it."""


@dataclass
class Fuse:
    """Raises `error` at the nth moment (from 0), once; `moments` are the names of those that passed."""

    at: int | None = None
    error: BaseException = field(default_factory=Killed)
    moments: list[str] = field(default_factory=list)

    def burn(self, moment: str) -> None:
        """Let one moment pass."""
        self.moments.append(moment)
        if len(self.moments) - 1 == self.at:
            raise self.error


@dataclass
class FusedLedger(MemoryLedger):
    """A ledger with a fuse before and after every write."""

    fuse: Fuse = field(default_factory=Fuse)

    def write(self, change: Change) -> None:
        """Write a change, or be cut off."""
        self.fuse.burn("before write")
        super().write(change)
        self.fuse.burn("after write")

    def forget_message(self, message_id: str) -> None:
        """Take a message out of the outbox, or be cut off."""
        self.fuse.burn("before forget")
        super().forget_message(message_id)


@dataclass
class FusedBus(MemoryBus):
    """A bus with a fuse before and after every publish."""

    fuse: Fuse = field(default_factory=Fuse)

    def publish(self, messages: Sequence[Message]) -> None:
        """Remember the events, or be cut off."""
        if not messages:
            return
        self.fuse.burn("before publish")
        super().publish(messages)
        self.fuse.burn("after publish")


def everywhere(cloud: Cloud, fuse: Fuse) -> Deployment:
    """A deployment that can be cut off at every write, publish and AWS call."""
    in_aws(cloud, fuse)
    return Deployment(cloud=cloud, ledger=FusedLedger(fuse=fuse), bus=FusedBus(fuse=fuse))


def in_aws(cloud: Cloud, fuse: Fuse) -> None:
    """Cut off AWS calls only, before or after they took effect."""
    cloud.before = lambda operation: fuse.burn(f"before {operation}")
    cloud.after = lambda operation: fuse.burn(f"after {operation}")
