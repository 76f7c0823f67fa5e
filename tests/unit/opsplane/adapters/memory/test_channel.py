"""A channel that only remembers."""

import pytest
from builders import NOW
from cloud import ACCOUNT, REGION
from opsplane.adapters.memory.channel import MemoryChannel
from opsplane.errors import DeliveryFailed
from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity


def test_each_fault_costs_one_try() -> None:
    """The next one is taken."""
    notice = Notice(
        id="n-1",
        headline="Something happened",
        severity=Severity.HIGH,
        environment="dev",
        account=ACCOUNT,
        region=REGION,
        resource="AWS::EC2::Instance i-1",
        at=NOW,
    )
    channel = MemoryChannel(faults=[DeliveryFailed("no answer")])

    with pytest.raises(DeliveryFailed):
        channel.send(notice)
    channel.send(notice)

    assert (channel.sent, channel.tries, channel.configured()) == ([notice], 2, True)
