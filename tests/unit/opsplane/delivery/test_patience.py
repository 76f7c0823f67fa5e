"""How long one batch waits for slow receivers."""

import pytest
from builders import NOW
from cloud import ACCOUNT, REGION
from opsplane.adapters.memory.channel import MemoryChannel
from opsplane.delivery.patience import FIRST_PAUSE, LONGEST_PAUSE, Patience, pause_after
from opsplane.errors import DeliveryFailed, PermanentError
from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity

NOTICE = Notice(
    id="n-1",
    headline="Something happened",
    severity=Severity.HIGH,
    environment="dev",
    account=ACCOUNT,
    region=REGION,
    resource="AWS::EC2::Instance i-1",
    at=NOW,
)


def later(seconds: float | None) -> DeliveryFailed:
    """A receiver that does not take it now."""
    return DeliveryFailed("not now", seconds)


def test_a_short_pause_that_the_receiver_asks_for_is_kept() -> None:
    """Slack takes one message a second; waiting a second is better than six minutes in the queue."""
    slept: list[float] = []
    channel = MemoryChannel(faults=[later(2.0), later(0.1)])

    Patience(slept.append).send(channel, NOTICE)

    assert channel.sent == [NOTICE]
    assert slept == [2.0, 1.0]


def test_a_long_pause_is_left_to_the_queue() -> None:
    """The function has no time for it."""
    slept: list[float] = []
    channel = MemoryChannel(faults=[later(30.0)])

    with pytest.raises(DeliveryFailed):
        Patience(slept.append).send(channel, NOTICE)

    assert (channel.sent, slept) == ([], [])


def test_waiting_has_a_limit_for_the_whole_batch() -> None:
    """A receiver that always says "in a moment" cannot hold the function until its time-out."""
    slept: list[float] = []
    channel = MemoryChannel(faults=[later(3.0) for _ in range(100)])

    with pytest.raises(DeliveryFailed):
        Patience(slept.append, limit=10).send(channel, NOTICE)

    assert sum(slept) == 9


def test_a_receiver_that_failed_is_left_alone_for_the_rest_of_the_batch() -> None:
    """Ten time-outs in a row would take longer than the function may run."""
    patience = Patience(lambda _: None)
    slack, pager = MemoryChannel(faults=[later(None)]), MemoryChannel("PagerDuty")
    with pytest.raises(DeliveryFailed):
        patience.send(slack, NOTICE)

    with pytest.raises(DeliveryFailed, match="left alone"):
        patience.send(slack, NOTICE)
    patience.send(pager, NOTICE)

    assert (slack.tries, pager.sent) == (1, [NOTICE])


def test_a_refusal_says_nothing_about_the_next_notice() -> None:
    """One notice may be malformed, the others are not."""
    patience = Patience(lambda _: None)
    channel = MemoryChannel(faults=[PermanentError("no")])
    with pytest.raises(PermanentError):
        patience.send(channel, NOTICE)

    patience.send(channel, NOTICE)

    assert channel.sent == [NOTICE]


def test_the_pause_doubles_up_to_five_minutes() -> None:
    """A record that comes back for the thirtieth time does not wait longer than one for the tenth."""
    pauses = [pause_after(receives) for receives in range(31)]

    assert pauses[1:4] == [FIRST_PAUSE, 10, 20]
    assert pauses == sorted(pauses)
    assert max(pauses) == LONGEST_PAUSE
