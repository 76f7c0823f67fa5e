"""One event from end to end, in memory."""

from typing import Any

import pytest
from builders import (
    ROOT,
    Deployment,
    config_verdict,
    envelope,
    finding,
    group_opened,
    policies,
    role,
    security_hub,
    settings,
)
from cloud import GROUP, Cloud, rule
from opsplane import commands, flow
from opsplane.actions.action import ActionState
from opsplane.decisions.decision import Outcome
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.entry import ACTION_REQUESTED, SOURCE
from opsplane.ledger.item import ItemState
from opsplane.policies.policy import Mode

SSH, OFFICE, RDP = rule(22), rule(22, "10.20.0.0/16", Description="office"), rule(3389)


def test_an_opened_group_is_closed_and_told() -> None:
    """The rule that is open to the world goes, its neighbour stays, the record says verified and people hear of it."""
    deployment = Deployment(Cloud().open_group(SSH, OFFICE))

    record = deployment.receive(group_opened())

    assert record.outcome is Outcome.ACT
    assert deployment.cloud.rules() == [OFFICE]
    assert deployment.action.state is ActionState.VERIFIED
    assert deployment.item.state is ItemState.RESOLVED
    assert deployment.notices == [f"Fixed: Security group {GROUP} is open to the internet"]


def test_the_trail_tells_the_whole_story_in_order() -> None:
    """Signal with who did it, decision with its reason, claim, step and outcome."""
    deployment = Deployment(Cloud().open_group(SSH))

    action = deployment.receive(group_opened()).action_id

    assert deployment.trail == [
        f"AuthorizeSecurityGroupIngress on {GROUP} (aws.ec2) by alice (IAMUser) from 203.0.113.7",
        "act: policy sg-world-ingress enforces in dev",
        f"applying {action}",
        "ingress tcp 22-22 0.0.0.0/0: revoke_security_group_ingress",
        f"{action} verified",
    ]


def test_the_intent_is_written_before_anything_is_changed() -> None:
    """When the first change reaches AWS, the ledger already says who is at work on what."""
    deployment = Deployment(Cloud().open_group(SSH))
    seen: list[ActionState] = []

    def look(operation: str) -> None:
        if operation.startswith("revoke"):
            seen.append(deployment.action.state)

    deployment.cloud.before = look
    deployment.receive(group_opened())

    assert seen == [ActionState.APPLYING]


def test_the_same_event_ten_times_acts_once() -> None:
    """Later deliveries get the first answer, and AWS hears of it once."""
    deployment = Deployment(Cloud().open_group(SSH))

    records = [deployment.receive(group_opened()) for _ in range(10)]

    assert records == [records[0]] * 10
    assert [call.operation for call in deployment.cloud.changes] == ["revoke_security_group_ingress"]
    assert len(deployment.notices) == 1


def test_a_second_rule_on_the_same_group_is_revoked_too() -> None:
    """Two events on one group with different rules are one item with two actions."""
    deployment = Deployment(Cloud().open_group(SSH))
    deployment.receive(group_opened(id="event-1"))
    deployment.cloud.add_rules(RDP)

    record = deployment.receive(group_opened(id="event-2"))

    assert record.outcome is Outcome.ACT
    assert deployment.cloud.rules() == []
    assert deployment.item.signals == 2
    assert [action.state for action in deployment.ledger.actions.values()] == [ActionState.VERIFIED] * 2


def test_a_rule_that_is_added_while_another_is_revoked_is_seen_by_its_own_event() -> None:
    """What the first plan did not know is left to the second event, which plans only what nobody is at work on."""
    deployment = Deployment(Cloud().open_group(SSH))
    later: list[Outcome] = []

    def add(operation: str) -> None:
        if operation.startswith("revoke") and not later:
            later.append(Outcome.ACT)
            deployment.cloud.add_rules(RDP)
            later.append(deployment.receive(group_opened(id="event-2")).outcome)

    deployment.cloud.before = add
    deployment.receive(group_opened(id="event-1"))

    assert later == [Outcome.ACT, Outcome.ACT]
    assert deployment.cloud.rules() == []
    assert [call.parameters["IpPermissions"][0]["FromPort"] for call in deployment.cloud.changes] == [3389, 22]


def test_an_event_about_a_rule_in_hand_is_recorded_only() -> None:
    """While an action is about a target, another event about the same target starts nothing."""
    deployment = Deployment(Cloud().open_group(SSH))
    outcomes: list[Outcome] = []

    def repeat(operation: str) -> None:
        if operation.startswith("revoke"):
            outcomes.append(deployment.receive(config_verdict(id="event-2")).outcome)

    deployment.cloud.before = repeat
    deployment.receive(group_opened(id="event-1"))

    assert outcomes == [Outcome.RECORD]
    assert deployment.action.state is ActionState.VERIFIED


def test_cloudtrail_config_and_security_hub_share_one_item() -> None:
    """Three services that report one open group make one item and one action."""
    deployment = Deployment(Cloud().open_group(SSH))

    for number, event in enumerate((group_opened, config_verdict, security_hub)):
        deployment.receive(event(id=f"event-{number}"))

    assert deployment.action.state is ActionState.VERIFIED
    assert len(deployment.ledger.items) == 1


def test_root_opening_a_group_is_two_signals() -> None:
    """The change is taken back, and people hear that root was used."""
    deployment = Deployment(Cloud().open_group(SSH))

    records = flow.receive(group_opened(identity=ROOT), deployment.ports)

    assert [record.outcome for record in records] == [Outcome.ACT, Outcome.TELL]
    assert {item.kind for item in deployment.ledger.items.values()} == {"security-group-ingress", "root-activity"}


def test_every_finding_of_an_event_is_answered() -> None:
    """A Security Hub event with two findings leads to two actions, not to one for the first."""
    other = "sg-0fedcba9876543210"
    deployment = Deployment(Cloud().open_group(SSH).open_group(SSH, group=other))
    event = security_hub(finding(), finding("EC2.19", f"arn:aws:ec2:us-east-1:000000000000:security-group/{other}"))

    records = flow.receive(event, deployment.ports)

    assert [record.outcome for record in records] == [Outcome.ACT, Outcome.ACT]
    assert deployment.cloud.rules(GROUP) == deployment.cloud.rules(other) == []


def test_our_own_change_that_comes_back_is_ignored() -> None:
    """CloudTrail tells us what our remediator did; nothing follows from it."""
    deployment = Deployment(Cloud().open_group(SSH))

    record = deployment.receive(group_opened(identity=role("opsplane-dev-RemediatorFunctionRole-1ABC")))

    assert (record.outcome, record.reason) == (Outcome.IGNORE, "our own change came back to us")
    assert deployment.ledger.items == {}


def test_a_failed_call_opens_no_item() -> None:
    """CloudTrail also tells of calls that AWS refused: nothing changed, so nothing is looked at."""
    deployment = Deployment(Cloud().open_group(SSH))

    record = deployment.receive(group_opened(error="Client.InvalidPermission.Duplicate"))

    assert record.outcome is Outcome.IGNORE
    assert deployment.ledger.items == {}
    assert deployment.cloud.changes == []


def test_a_group_that_is_already_gone_is_left() -> None:
    """A late event about a deleted group is not an error."""
    record = Deployment().receive(group_opened())

    assert (record.outcome, record.reason) == (Outcome.IGNORE, f"{GROUP} does not exist any more")


def test_an_event_that_nobody_reads_is_kept_whole_and_recorded() -> None:
    """The queue has the event as it came, with the reason; the ledger says so too."""
    deployment = Deployment()
    event = envelope("aws.health", "AWS Health Event", {"service": "EC2"})

    record = deployment.receive(event)

    assert record.outcome is Outcome.REFUSE
    assert deployment.queue.kept == [(event, record.reason)]
    assert deployment.ledger.events("event-1") == (record,)


def test_an_event_of_another_account_is_refused_and_kept() -> None:
    """A forged or misrouted event changes nothing here."""
    deployment = Deployment(Cloud().open_group(SSH))
    event = group_opened(account="999999999999")

    record = deployment.receive(event)

    assert record.outcome is Outcome.REFUSE
    assert "999999999999" in record.reason
    assert deployment.queue.kept == [(event, record.reason)]
    assert deployment.cloud.changes == []


def test_the_queue_gets_a_refused_event_even_if_the_ledger_is_away() -> None:
    """Keeping comes before recording: an event is never lost for want of a record."""
    deployment = Deployment()

    def unreachable(_: object) -> None:
        text = "DynamoDB throttled"
        raise ServiceUnavailable(text)

    deployment.ledger.before_write = unreachable
    with pytest.raises(ServiceUnavailable):
        deployment.receive({"id": "event-1"})

    assert [event for event, _ in deployment.queue.kept] == [{"id": "event-1"}]


def test_answer_is_plain_json() -> None:
    """What a handler returns can be serialised as it is."""
    deployment = Deployment(Cloud().open_group(SSH))

    [answer] = flow.answer(group_opened(), deployment.ports)

    assert (answer["outcome"], answer["action_id"]) == ("act", deployment.action.id)


@pytest.mark.parametrize("event", [None, [], "text", 7, {}, {"source": []}])
def test_what_is_no_event_is_refused_rather_than_crashed_on(event: Any) -> None:
    """Whatever somebody invokes the function with is kept with a reason."""
    deployment = Deployment()

    [answer] = flow.answer(event, deployment.ports)

    assert answer["outcome"] == "refuse"
    assert [kept for kept, _ in deployment.queue.kept] == [event]


def request(action_id: Any) -> dict[str, Any]:
    """Our own event that asks to go on with an action."""
    return envelope(SOURCE, ACTION_REQUESTED, {"action_id": action_id}, id="request-1")


def test_a_request_for_an_approved_action_is_carried_out() -> None:
    """The answer names the state that was reached."""
    deployment = Deployment(Cloud().open_group(SSH, protected="true"))
    deployment.receive(group_opened())
    action = commands.approve(deployment.action.id, "bob", deployment.ports)

    [answer] = flow.answer(request(action.id), deployment.ports)

    assert (answer["action_id"], answer["state"]) == (action.id, "verified")


def test_a_request_cannot_skip_the_approval() -> None:
    """Whoever can put events on our bus cannot make an action run that waits for a person."""
    deployment = Deployment(Cloud().open_group(SSH, protected="true"))
    deployment.receive(group_opened())

    [answer] = flow.answer(request(deployment.action.id), deployment.ports)

    assert answer["state"] is None
    assert "awaiting_approval" in answer["reason"]
    assert deployment.cloud.changes == []


def test_a_request_for_an_unknown_action_is_an_answer() -> None:
    """A request that names an action that nobody knows is not a fault."""
    [answer] = flow.answer(request("nobody.1"), Deployment().ports)

    assert answer == {"action_id": "nobody.1", "state": None, "reason": "there is no action nobody.1"}


@pytest.mark.parametrize("detail", [{"action_id": None}, {"action_id": 7}, {}, None, "text", []])
def test_a_request_that_names_no_action_is_refused(detail: Any) -> None:
    """It is kept with a reason, in whatever shape it comes."""
    deployment = Deployment()

    [answer] = flow.answer({**request("x"), "detail": detail}, deployment.ports)

    assert answer["outcome"] == "refuse"
    assert len(deployment.queue.kept) == 1


def test_another_environments_group_is_left_to_its_own_opsplane() -> None:
    """With OPSPLANE_ENVIRONMENTS=dev, a group tagged prod is not judged here, and nobody is told by us."""
    cloud = Cloud().open_group(SSH, Environment="prod")
    deployment = Deployment(cloud, settings=settings(environments="dev, staging"))

    record = deployment.receive(group_opened())

    assert record.outcome is Outcome.IGNORE
    assert "belongs to prod" in record.reason
    assert (deployment.cloud.changes, deployment.ledger.items) == ([], {})


def test_what_the_plan_was_made_from_is_not_read_again_a_moment_later() -> None:
    """Group, rules and interfaces for the plan, the change, and the rules again to verify."""
    deployment = Deployment(Cloud().open_group(SSH))
    asked: list[str] = []
    deployment.cloud.before = asked.append

    deployment.receive(group_opened())

    assert sorted(asked[:3]) == [
        "describe_network_interfaces",
        "describe_security_group_rules",
        "describe_security_groups",
    ]
    assert asked[3:] == ["revoke_security_group_ingress", "describe_security_group_rules"]


def test_what_waited_for_a_person_is_read_again_before_it_is_changed() -> None:
    """Live state may have moved on since the question."""
    deployment = Deployment(Cloud().open_group(SSH), policies=policies(Mode.APPROVE))
    deployment.receive(group_opened())
    commands.approve(deployment.action.id, "bob", deployment.ports)
    asked: list[str] = []
    deployment.cloud.before = asked.append

    deployment.carry_out(deployment.action.id)

    assert asked == ["describe_security_group_rules", "revoke_security_group_ingress", "describe_security_group_rules"]
