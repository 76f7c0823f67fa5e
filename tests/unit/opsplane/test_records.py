"""Writes to the ledger: what a signal led to."""

from datetime import timedelta

import pytest
from builders import (
    NOW,
    Deployment,
    config_verdict,
    finding,
    group_opened,
    guardduty,
    policies,
    security_hub,
    shipped,
    signal,
)
from cloud import Cloud, rule
from opsplane import commands, records
from opsplane.decisions.decision import Decision, Outcome
from opsplane.errors import LedgerConflict, UnknownRecord
from opsplane.ledger.entry import NOTICE_REQUESTED
from opsplane.ledger.item import Item, ItemState
from opsplane.ledger.ledger import Change, Trail
from opsplane.policies.policy import Mode
from opsplane.signals.signal import Severity


def test_many_signals_of_one_trouble_are_one_item() -> None:
    """GuardDuty repeats a finding every few hours: the item counts, and its worst severity stays."""
    deployment = Deployment()

    for number, score in enumerate((8, 9.5, 7)):
        deployment.receive(guardduty(score, id=f"event-{number}"))

    assert (deployment.item.signals, deployment.item.severity) == (3, Severity.CRITICAL)


def test_different_findings_on_one_resource_are_different_items() -> None:
    """The finding's id belongs to the key."""
    deployment = Deployment()

    for number in range(2):
        deployment.receive(guardduty(id=f"event-{number}", finding_id=f"finding-{number}"))

    assert len(deployment.ledger.items) == 2


def test_a_lesser_finding_is_kept_and_nobody_is_disturbed() -> None:
    """A low severity opens an item without a notice."""
    deployment = Deployment()

    record = deployment.receive(guardduty(3))

    assert record.outcome is Outcome.RECORD
    assert deployment.item.severity is Severity.LOW
    assert deployment.notices == []


def test_a_new_signal_reopens_a_resolved_item() -> None:
    """The group was closed and is open again: the same item, open and then resolved anew."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    deployment.receive(group_opened(id="event-1"))
    deployment.policies = policies(Mode.OBSERVE)
    deployment.cloud.add_rules(rule(22))

    deployment.receive(group_opened(id="event-2"))

    assert deployment.item.state is ItemState.OPEN
    assert deployment.item.signals == 2


@pytest.mark.parametrize(
    "event",
    [
        group_opened(error="Client.DryRunOperation"),
        config_verdict("COMPLIANT"),
        config_verdict("NOT_APPLICABLE"),
        guardduty(service={"archived": True}),
        guardduty(service={"additionalInfo": {"sample": True}}),
        security_hub(finding(RecordState="ARCHIVED")),
        security_hub(finding(Workflow={"Status": "SUPPRESSED"})),
        security_hub(finding(Workflow={"Status": "RESOLVED"})),
        security_hub(finding(Compliance={"Status": "PASSED", "SecurityControlId": "EC2.13"})),
    ],
)
def test_a_dismissed_event_opens_no_item(event: dict[str, object]) -> None:
    """Failed, compliant, archived, suppressed or sample: recorded with its reason, and nothing else."""
    deployment = Deployment(Cloud().open_group(rule(22)))

    record = deployment.receive(event)

    assert record.outcome is Outcome.IGNORE
    assert record.reason
    assert deployment.ledger.items == {}
    assert deployment.ledger.known[record.id] == record
    assert deployment.bus.published == []


def test_config_saying_compliant_resolves_the_open_item() -> None:
    """Somebody closed the group by hand; the item need not stay open."""
    deployment = Deployment(Cloud().open_group(rule(22)), policies=policies(Mode.OBSERVE))
    deployment.receive(config_verdict(id="event-1"))

    deployment.receive(config_verdict("COMPLIANT", id="event-2"))

    assert deployment.item.state is ItemState.RESOLVED
    assert deployment.trail[-1] == "Config rule restricted-ssh finds sg-0123456789abcdef0 COMPLIANT: resolved"


def test_a_failed_call_does_not_resolve_the_open_item() -> None:
    """A dismissal that does not say the trouble is over leaves the item as it is."""
    deployment = Deployment(Cloud().open_group(rule(22)), policies=policies(Mode.OBSERVE))
    deployment.receive(group_opened(id="event-1"))

    deployment.receive(group_opened(id="event-2", error="Client.InvalidPermission.Duplicate"))

    assert deployment.item.state is ItemState.OPEN


def test_the_record_points_to_item_and_action() -> None:
    """Whoever follows an event finds what became of it."""
    deployment = Deployment(Cloud().open_group(rule(22)))

    record = deployment.receive(group_opened())

    assert (record.item_id, record.action_id) == (deployment.item.id, f"{deployment.item.id}.1")
    assert deployment.ledger.events("event-1") == (record,)


def test_a_refused_event_that_comes_twice_has_one_record() -> None:
    """The record of the first delivery stands."""
    deployment = Deployment()

    first, second = (deployment.receive({"id": "event-1"}) for _ in range(2))

    assert first == second
    assert len(deployment.ledger.known) == 1


def test_an_event_that_is_sent_back_in_and_refused_again_is_kept_again() -> None:
    """Whoever sent it took it out of the queue; without an id of its own it cannot get a new one."""
    deployment = Deployment()
    deployment.receive({"source": "one"})
    deployment.queue.kept.clear()

    deployment.receive({"source": "one"})

    assert [event for event, _ in deployment.queue.kept] == [{"source": "one"}]
    assert len(deployment.ledger.known) == 1


def test_two_events_without_an_id_are_told_apart() -> None:
    """Each has a record of its own, and both are kept."""
    deployment = Deployment()

    deployment.receive({"source": "one"})
    deployment.receive({"source": "two"})

    assert len(deployment.ledger.known) == len(deployment.queue.kept) == 2


def test_a_decision_to_act_without_a_plan_is_a_mistake_of_ours() -> None:
    """It is said loudly rather than recorded as something that was done."""
    heard = signal(group_opened())
    decision = Decision(outcome=Outcome.ACT, reason="x", severity=Severity.HIGH, environment="dev")

    with pytest.raises(ValueError, match="carries no plan"):
        records.record_decision(heard, decision, None, "event-1", Deployment().ports)


def _acknowledge(item: Item) -> Change:
    trail = Trail(item.change(NOW + timedelta(minutes=1), state=ItemState.ACKNOWLEDGED), NOW, "bob")
    return trail.change()


def test_amending_nothing_says_so() -> None:
    """An unknown item is an answer."""
    with pytest.raises(UnknownRecord, match="there is no item nobody"):
        records.amend("nobody", Deployment().ports, _acknowledge)


def test_amending_is_tried_again_with_what_the_other_one_wrote() -> None:
    """Somebody writes in between: the change is built anew on it."""
    deployment = Deployment()
    deployment.receive(guardduty())
    calls: list[object] = []

    def interfere(change: object) -> None:
        calls.append(change)
        if len(calls) == 1:
            deployment.receive(guardduty(id="event-2"))

    deployment.ledger.before_write = interfere
    records.amend(deployment.item.id, deployment.ports, _acknowledge)

    assert (deployment.item.signals, deployment.item.state) == (2, ItemState.ACKNOWLEDGED)


def test_amending_gives_up_when_others_win_every_time() -> None:
    """After eight tries the caller hears of it, and AWS delivers again."""
    deployment = Deployment()
    deployment.receive(guardduty())
    numbers = iter(range(2, 100))

    def always_first(_: object) -> None:
        deployment.ledger.before_write = None
        deployment.receive(guardduty(id=f"event-{next(numbers)}"))
        deployment.ledger.before_write = always_first

    deployment.ledger.before_write = always_first
    with pytest.raises(LedgerConflict):
        records.amend(deployment.item.id, deployment.ports, _acknowledge)

    assert len(deployment.slept) == records.ATTEMPTS - 1


def test_deciding_is_tried_again_when_the_item_changed_meanwhile() -> None:
    """The decision is made anew on what is known then: the other delivery has the rule in hand."""
    deployment = Deployment(Cloud().open_group(rule(22)), policies=policies(Mode.APPROVE))
    calls: list[object] = []

    def first(change: object) -> None:
        calls.append(change)
        if len(calls) == 1:
            deployment.receive(config_verdict(id="event-2"))

    deployment.ledger.before_write = first
    record = deployment.receive(group_opened(id="event-1"))

    assert (record.outcome, record.reason) == (Outcome.RECORD, "an unfinished action is already about this")
    assert len(deployment.ledger.actions) == 1
    assert commands.approve(deployment.action.id, "bob", deployment.ports)


def test_the_notices_of_an_item_take_the_route_that_its_policy_names() -> None:
    """From the first one to the last."""
    ours = shipped()
    routed = tuple(policy.model_copy(update={"route": ("pagerduty",)}) for policy in ours.policies)
    deployment = Deployment(Cloud().open_group(rule(22)), policies=ours.model_copy(update={"policies": routed}))

    deployment.receive(group_opened())

    assert [each.detail["route"] for each in deployment.sent(NOTICE_REQUESTED)] == [["pagerduty"]]
