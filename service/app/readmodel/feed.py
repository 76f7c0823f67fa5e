"""Reading the ledger's feed from a moment on. The feed is kept by UTC day."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

from opsplane.ledger.entry import Entry
from opsplane.ledger.ledger import Ledger

from app.blocking import in_thread

PAGE = 200
"""Entries that are read and projected together."""

_PATIENCE = 30.0
_DAY = timedelta(days=1)


def days(since: datetime, until: datetime) -> tuple[str, ...]:
    """The UTC dates that two moments span, both included, e.g. `2026-11-22`."""
    first, last = since.astimezone(UTC).date(), until.astimezone(UTC).date()
    return tuple((first + _DAY * number).isoformat() for number in range((last - first).days + 1))


def position_before(moment: datetime) -> str:
    """A position before every entry of a moment's second: positions begin with the entry's time in ISO 8601."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


async def pages(ledger: Ledger, since: datetime, until: datetime, size: int = PAGE) -> AsyncIterator[tuple[Entry, ...]]:
    """The entries from `since` on, oldest first, in pages of at most `size`, through the UTC day of `until`.

    Raises:
        OpsplaneError: the ledger cannot be read.
    """
    after = position_before(since)
    for day in days(since, until):
        full = True
        while full:
            found = await in_thread(partial(ledger.feed, day, after, size), _PATIENCE)
            if found:
                yield tuple(entry for _, entry in found)
                after = found[-1][0]
            full = len(found) == size
        after = ""
