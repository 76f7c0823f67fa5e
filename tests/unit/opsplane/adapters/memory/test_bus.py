"""A bus that only remembers."""

import pytest
from builders import NOW
from opsplane.adapters.memory.bus import MemoryBus
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.entry import Message

SENT = Message(id="m-1", detail_type="Notice Requested", detail={}, at=NOW)


def test_what_is_published_is_remembered_in_order() -> None:
    """A test can look at it."""
    bus = MemoryBus()

    bus.publish([SENT])
    bus.publish([SENT, SENT])

    assert bus.published == [SENT] * 3


def test_a_bus_that_is_away_takes_nothing() -> None:
    """Publishing nothing is no call, so nothing can go wrong."""
    bus = MemoryBus(fault=ServiceUnavailable("away"))

    bus.publish([])
    with pytest.raises(ServiceUnavailable):
        bus.publish([SENT])

    assert bus.published == []
