"""How old the read model is, as a value that every answer carries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

STALE_AFTER = timedelta(seconds=2)
"""A read of anything older asks the ledger first."""

ALARMING_AFTER = timedelta(seconds=30)
"""People are told in red that what they see is older than this."""


@dataclass(frozen=True)
class Freshness:
    """`as_of` is when the ledger was last read to its end; `fault` says why it could not be read since."""

    as_of: datetime
    now: datetime
    fault: str | None = None

    @property
    def age(self) -> timedelta:
        """How old the answer is."""
        return max(self.now - self.as_of, timedelta(0))

    @property
    def stale(self) -> bool:
        """Whether newer facts may exist that could not be read."""
        return self.fault is not None or self.age > ALARMING_AFTER
