"""Slack, through an incoming webhook."""

from typing import Any

import pytest
from builders import NOW
from cloud import ACCOUNT, REGION
from opsplane.adapters.chat.slack import SlackChannel
from opsplane.delivery.ports import Addresses
from opsplane.errors import PermanentError
from opsplane.notices.notice import Notice
from opsplane.notices.slack import render
from opsplane.signals.signal import Severity

OLD, NEW = Addresses(slack_webhook_url="https://slack/old"), Addresses(slack_webhook_url="https://slack/new")
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


def test_a_notice_is_posted_as_block_kit(receiver: Any, book: Any) -> None:
    """To the webhook of the secret."""
    channel = SlackChannel(book([OLD]), receiver.session)

    channel.send(NOTICE)

    assert receiver.asked == [("https://slack/old", render(NOTICE))]
    assert channel.configured()


def test_a_webhook_that_was_replaced_is_read_again_once(receiver: Any, book: Any) -> None:
    """Whoever rotates it need not wait for the cache."""
    receiver.answers = [404]

    SlackChannel(book([OLD, NEW]), receiver.session).send(NOTICE)

    assert [url for url, _ in receiver.asked] == ["https://slack/old", "https://slack/new"]


@pytest.mark.parametrize("renewed", [OLD, Addresses()])
def test_a_webhook_that_stays_unknown_is_a_refusal(receiver: Any, book: Any, renewed: Addresses) -> None:
    """The same address is not asked twice, and none is not asked at all."""
    receiver.answers = [403, 403]

    with pytest.raises(PermanentError, match="403"):
        SlackChannel(book([OLD, renewed]), receiver.session).send(NOTICE)

    assert len(receiver.asked) == 1


def test_without_a_webhook_it_is_not_configured(receiver: Any, book: Any) -> None:
    """The notifier then looks for another channel."""
    assert not SlackChannel(book([Addresses()]), receiver.session).configured()
