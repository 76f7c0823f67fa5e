"""The notifier's ports."""

import pytest
from opsplane.assembly import notifier
from opsplane.notices.routes import PAGERDUTY, SLACK


@pytest.mark.usefixtures("_told")
def test_the_notifier_knows_every_channel_that_a_route_can_name() -> None:
    """Made without a call: the network is closed here. Connections outlive an invocation."""
    first, second = notifier.ports(object()), notifier.ports(object())

    assert set(first.channels) == {SLACK, PAGERDUTY}
    assert first.channels is second.channels


@pytest.mark.usefixtures("_told")
def test_without_a_secret_no_channel_is_configured() -> None:
    """The notifier then says so, in words and in the unhandled queue."""
    channels = notifier.ports(object()).channels

    assert not any(channel.configured() for channel in channels.values())
