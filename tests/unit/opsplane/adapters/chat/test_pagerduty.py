"""PagerDuty, through its Events API."""

from typing import Any

import pytest
from builders import NOW
from cloud import ACCOUNT, REGION
from opsplane.adapters.chat.pagerduty import PagerDutyChannel
from opsplane.delivery.ports import Addresses
from opsplane.errors import PermanentError
from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity

OLD, NEW = (Addresses(pagerduty_routing_key=letter * 32, pagerduty_url="https://pager/enqueue") for letter in "on")
NOTICE = Notice(
    id="n-1",
    headline="Alarm: cpu",
    severity=Severity.CRITICAL,
    environment="prod",
    account=ACCOUNT,
    region=REGION,
    resource="AWS::CloudWatch::Alarm cpu",
    at=NOW,
)


def test_a_critical_notice_triggers_and_its_end_resolves(receiver: Any, book: Any) -> None:
    """Both carry one key, so that PagerDuty knows that they belong together."""
    channel = PagerDutyChannel(book([OLD]), receiver.session)

    channel.send(NOTICE)
    channel.send(NOTICE.model_copy(update={"id": "n-2", "over": True, "headline": "OK again: cpu"}))

    first, second = (body for _, body in receiver.asked)
    assert (first["event_action"], second["event_action"]) == ("trigger", "resolve")
    assert first["dedup_key"] == second["dedup_key"]
    assert len(first["dedup_key"]) <= 255


def test_notices_of_one_item_share_its_key(receiver: Any, book: Any) -> None:
    """Whatever resource they name."""
    channel = PagerDutyChannel(book([OLD]), receiver.session)

    for resource in ("AWS::S3::Bucket a", "AWS::S3::Bucket b"):
        channel.send(NOTICE.model_copy(update={"item_id": "abc", "resource": resource}))

    assert {body["dedup_key"] for _, body in receiver.asked} == {f"opsplane:{ACCOUNT}:abc"}


def test_a_routing_key_that_was_replaced_is_read_again_once(receiver: Any, book: Any) -> None:
    """As Slack's webhook."""
    receiver.answers = [403, 202]

    PagerDutyChannel(book([OLD, NEW]), receiver.session).send(NOTICE)

    assert [body["routing_key"] for _, body in receiver.asked] == ["o" * 32, "n" * 32]


def test_a_routing_key_that_stays_unknown_is_a_refusal(receiver: Any, book: Any) -> None:
    """The same key is not tried twice."""
    receiver.answers = [403, 403]

    with pytest.raises(PermanentError, match="PagerDuty answered 403"):
        PagerDutyChannel(book([OLD]), receiver.session).send(NOTICE)

    assert len(receiver.asked) == 1


def test_without_a_routing_key_it_is_not_configured(receiver: Any, book: Any) -> None:
    """Where PagerDuty is does not make it so."""
    assert not PagerDutyChannel(book([Addresses()]), receiver.session).configured()
