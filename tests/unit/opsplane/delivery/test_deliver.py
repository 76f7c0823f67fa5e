"""From one record of the queue to people who know."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from builders import Deployment, envelope, guardduty, settings
from opsplane.adapters.memory.channel import MemoryChannel
from opsplane.adapters.memory.guard import MemoryGuard
from opsplane.adapters.memory.notice_queue import MemoryNoticeQueue
from opsplane.delivery.deliver import Result, Told, deliver
from opsplane.delivery.patience import Patience
from opsplane.delivery.ports import DeliveryPorts
from opsplane.errors import DeliveryFailed, PermanentError, ServiceUnavailable
from opsplane.ledger.entry import EntryKind
from opsplane.notices.routes import PAGERDUTY, SLACK


@dataclass
class Desk:
    """A notifier in memory."""

    deployment: Deployment = field(default_factory=Deployment)
    slack: MemoryChannel = field(default_factory=MemoryChannel)
    pager: MemoryChannel = field(default_factory=lambda: MemoryChannel("PagerDuty"))
    guard: MemoryGuard = field(default_factory=MemoryGuard)

    @property
    def ports(self) -> DeliveryPorts:
        """What the handler hands over."""
        channels = {SLACK: self.slack, PAGERDUTY: self.pager}
        return DeliveryPorts(self.deployment.ports, channels, self.guard, MemoryNoticeQueue())

    def deliver(self, body: object, record_id: str = "record-1") -> tuple[Told, ...]:
        """Deliver one record as a batch of its own."""
        patience = Patience(self.deployment.slept.append)
        return deliver(record_id, body if isinstance(body, str) else json.dumps(body), patience, self.ports)

    def told_in_trail(self) -> list[str]:
        """What the ledger says about who was told."""
        entries = self.deployment.ledger.trail.values()
        return [entry.text for entry in entries if entry.kind is EntryKind.NOTICE]


def finding(environment: str = "dev") -> tuple[Desk, dict[str, Any]]:
    """A notifier, and the own event that a critical finding led to."""
    desk = Desk(
        Deployment(settings=settings(environment=environment, notification_secret="opsplane/dev/notifications"))
    )
    desk.deployment.receive(guardduty(9))
    [message] = desk.deployment.bus.published
    return desk, envelope("opsplane", message.detail_type, message.detail)


def test_people_are_told_and_the_trail_says_so() -> None:
    """The item shows who knows of it."""
    desk, event = finding()

    [told] = desk.deliver(event)

    assert (told.channel, told.result) == ("Slack", Result.TOLD)
    assert [notice.headline for notice in desk.slack.sent] == ["Attention: EC2 instance is mining"]
    assert desk.told_in_trail() == ["told Slack: Attention: EC2 instance is mining"]


def test_a_record_that_comes_again_is_told_once() -> None:
    """SQS delivers at least once."""
    desk, event = finding()

    for _ in range(10):
        desk.deliver(event)

    assert (len(desk.slack.sent), len(desk.told_in_trail())) == (1, 1)


def test_critical_in_prod_wakes_somebody_too() -> None:
    """Both channels are told, and both stand in the trail."""
    desk, event = finding("prod")

    told = desk.deliver(event)

    assert [each.channel for each in told] == ["Slack", "PagerDuty"]
    assert (len(desk.slack.sent), len(desk.pager.sent)) == (1, 1)
    assert len(desk.told_in_trail()) == 2


def test_a_channel_that_fails_does_not_keep_the_other_from_being_told() -> None:
    """The record comes back for the one that failed, and the other one hears it once."""
    desk, event = finding("prod")
    desk.slack.faults = [DeliveryFailed("Slack answered 503")]

    with pytest.raises(DeliveryFailed):
        desk.deliver(event)
    desk.deliver(event)

    assert (len(desk.slack.sent), len(desk.pager.sent)) == (1, 1)


def test_sent_is_written_down_only_after_the_receiver_took_it() -> None:
    """A notice that failed leaves no trace that would keep it from being sent."""
    desk, event = finding()
    desk.slack.faults = [DeliveryFailed("no answer")]

    with pytest.raises(DeliveryFailed):
        desk.deliver(event)

    assert (desk.guard.done, desk.told_in_trail()) == (set(), [])


def test_a_refusal_is_kept_whole_and_stands_in_the_trail() -> None:
    """Trying again would give the same answer, so the record waits for a person."""
    desk, event = finding()
    desk.slack.faults = [PermanentError("Slack answered 404: no_service")]

    [told] = desk.deliver(event)

    assert (told.result, told.reason) == (Result.REFUSED, "Slack was not told: Slack answered 404: no_service")
    assert desk.deployment.queue.kept == [(event, "Slack was not told: Slack answered 404: no_service")]
    assert desk.told_in_trail() == ["NOT told Slack: Slack answered 404: no_service"]


def test_a_refused_record_that_is_sent_in_again_is_kept_again_or_told() -> None:
    """A person repaired something, or thought so: nothing is lost in either case, and the trail tells both."""
    desk, event = finding()
    desk.slack.faults = [PermanentError("404"), PermanentError("404")]
    desk.deliver(event, "record-1")

    [refused] = desk.deliver(event, "record-2")
    [told] = desk.deliver(event, "record-3")

    assert (refused.result, told.result) == (Result.REFUSED, Result.TOLD)
    assert len(desk.deployment.queue.kept) == 2
    assert [text.partition(":")[0] for text in desk.told_in_trail()] == [
        "NOT told Slack",
        "NOT told Slack",
        "told Slack",
    ]


def test_without_any_channel_the_notice_is_kept_and_visible() -> None:
    """Silence would look like good news."""
    desk, event = finding()
    desk.slack.address = False

    [told] = desk.deliver(event)

    assert told.result is Result.REFUSED
    assert "put slack_webhook_url into the secret opsplane/dev/notifications" in told.reason
    assert len(desk.deployment.queue.kept) == 1
    assert desk.told_in_trail()[0].startswith("NOT told any channel")


def test_a_team_without_pagerduty_is_told_in_slack() -> None:
    """Nothing is missing when the other channel is there."""
    desk, event = finding("prod")
    desk.pager.address = False

    [told] = desk.deliver(event)

    assert (told.channel, desk.deployment.queue.kept) == ("Slack", [])


def test_a_record_that_cannot_be_understood_is_kept_and_told() -> None:
    """Nothing is dropped in silence."""
    desk = Desk()

    unclear, told = desk.deliver("{nope")

    assert (unclear.result, told.result) == (Result.UNCLEAR, Result.TOLD)
    assert desk.deployment.queue.kept == [("{nope", "the record is not JSON")]
    assert desk.slack.sent[0].headline == "A message for people could not be understood"


def test_a_record_that_cannot_be_understood_is_kept_once_however_often_it_comes() -> None:
    """A failing Slack must not fill the unhandled queue."""
    desk = Desk()
    desk.slack.faults = [DeliveryFailed("no answer"), DeliveryFailed("no answer")]

    for _ in range(2):
        with pytest.raises(DeliveryFailed):
            desk.deliver("{nope")

    assert len(desk.deployment.queue.kept) == 1


def test_a_notice_about_an_item_that_is_gone_is_told_all_the_same() -> None:
    """There is no trail to write to any more."""
    desk, event = finding()
    desk.deployment.ledger.items.clear()

    [told] = desk.deliver(event)

    assert told.result is Result.TOLD


@dataclass
class LockedChannel(MemoryChannel):
    """A channel whose address cannot be read."""

    fault: Exception = field(default_factory=lambda: PermanentError("read secret x: AccessDeniedException"))

    def configured(self) -> bool:
        """Fail to tell."""
        raise self.fault


def test_addresses_that_may_not_be_read_are_a_refusal() -> None:
    """The reason names the secret and what AWS said."""
    desk, event = finding()
    desk.slack = LockedChannel()

    [told] = desk.deliver(event)

    assert (told.result, "AccessDeniedException" in told.reason) == (Result.REFUSED, True)


def test_addresses_that_cannot_be_read_just_now_bring_the_record_back() -> None:
    """Secrets Manager may be throttled."""
    desk, event = finding()
    desk.slack = LockedChannel(fault=ServiceUnavailable("throttled"))

    with pytest.raises(ServiceUnavailable):
        desk.deliver(event)
