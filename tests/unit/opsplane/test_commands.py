"""What people ask for: approve, reject, undo, acknowledge."""

from datetime import timedelta

import pytest
from builders import Deployment, config_verdict, group_opened, guardduty, policies, shipped
from cloud import GROUP, Cloud, rule
from opsplane import commands, handling
from opsplane.actions.action import Action, ActionState
from opsplane.decisions.decision import Outcome
from opsplane.errors import Forbidden, IllegalTransition, ServiceUnavailable, UnknownRecord
from opsplane.ledger.item import ItemState
from opsplane.policies.policy import Mode

SSH = rule(22, Description="temporary", Tags=[{"Key": "owner", "Value": "alice"}])
OFFICE = rule(22, "10.20.0.0/16", Description="office")


def asking() -> Deployment:
    """A deployment whose policies ask, with one question waiting."""
    deployment = Deployment(Cloud().open_group(SSH, OFFICE), policies=policies(Mode.APPROVE))
    deployment.receive(group_opened())
    return deployment


def fixed() -> Deployment:
    """A deployment that closed the group by itself."""
    deployment = Deployment(Cloud().open_group(SSH, OFFICE))
    deployment.receive(group_opened())
    return deployment


def finish(deployment: Deployment) -> Action:
    """Let the remediator answer the last request."""
    return deployment.carry_out(deployment.requests[-1])


def test_an_approved_plan_is_carried_out() -> None:
    """Approval asks the remediator, which applies and verifies."""
    deployment = asking()

    approved = commands.approve(deployment.action.id, "bob", deployment.ports, "agreed in #ops")
    ended = finish(deployment)

    assert (approved.state, approved.decided_by) == (ActionState.APPROVED, "bob")
    assert (ended.state, ended.decided_by) == (ActionState.VERIFIED, "bob")
    assert deployment.cloud.rules() == [OFFICE]
    assert f"{ended.id} approved: agreed in #ops" in deployment.trail


def test_the_question_names_the_command_that_answers_it() -> None:
    """Whoever reads the notice can copy the next step."""
    deployment = asking()

    [notice] = [message.detail for message in deployment.bus.published]

    assert notice["headline"].startswith("Approval needed: ")
    assert notice["next_step"] == f"opsplane approve {deployment.action.id}"


def test_an_approval_whose_request_is_lost_is_found_by_the_sweep() -> None:
    """The bus may be down when somebody approves; minutes later the sweep asks again."""
    deployment = asking()
    deployment.bus.fault = ServiceUnavailable("bus away")
    commands.approve(deployment.action.id, "bob", deployment.ports)

    deployment.bus.fault = None
    deployment.clock.advance(timedelta(minutes=3))
    deployment.sweep()

    assert finish(deployment).state is ActionState.VERIFIED


def test_a_rejected_plan_is_not_asked_about_again() -> None:
    """Config repeats its verdict; the person's answer stands."""
    deployment = asking()
    commands.reject(deployment.action.id, "bob", deployment.ports, "a demo")
    deployment.clock.advance(timedelta(hours=1))

    record = deployment.receive(config_verdict(id="event-2", time="2026-11-22T11:00:00Z"))

    assert record.outcome is Outcome.RECORD
    assert "a person undid or rejected this very change" in record.reason
    assert deployment.cloud.changes == []
    assert len(deployment.ledger.actions) == 1


def test_a_rejected_change_that_somebody_makes_anew_is_asked_about_again() -> None:
    """The wish covered what was there, not what somebody does later."""
    deployment = asking()
    commands.reject(deployment.action.id, "bob", deployment.ports)
    deployment.clock.advance(timedelta(hours=1))

    record = deployment.receive(group_opened(id="event-2", time="2026-11-22T10:30:00Z"))

    assert record.outcome is Outcome.ASK
    assert len(deployment.ledger.actions) == 2


def test_a_late_delivery_of_the_rejected_change_is_not_a_new_one() -> None:
    """An event whose time is before the rejection is the same change, whenever it arrives."""
    deployment = asking()
    deployment.clock.advance(timedelta(minutes=10))
    commands.reject(deployment.action.id, "bob", deployment.ports)

    record = deployment.receive(group_opened(id="event-2", time="2026-11-22T10:00:01Z"))

    assert record.outcome is Outcome.RECORD


def test_undo_puts_back_exactly_what_was() -> None:
    """The rule returns with description and tags, and the neighbour was never touched."""
    deployment = fixed()

    commands.undo(deployment.action.id, "bob", deployment.ports)
    ended = finish(deployment)

    assert ended.state is ActionState.UNDONE
    assert deployment.cloud.rules() == Cloud().open_group(SSH, OFFICE).rules()
    assert deployment.item.state is ItemState.ACKNOWLEDGED
    assert deployment.notices[-1] == f"Undone: Security group {GROUP} is open to the internet"


def test_what_was_undone_is_left_alone_by_a_later_config_event() -> None:
    """Config finds the group open again, as a person wanted it."""
    deployment = fixed()
    commands.undo(deployment.action.id, "bob", deployment.ports)
    finish(deployment)
    deployment.clock.advance(timedelta(hours=1))

    record = deployment.receive(config_verdict(id="event-2", time="2026-11-22T11:00:00Z"))

    assert record.outcome is Outcome.RECORD
    assert len(deployment.cloud.rules()) == 2


def test_what_was_undone_and_then_made_anew_is_answered() -> None:
    """Somebody opens the group again an hour after the undo: that is a new change."""
    deployment = fixed()
    commands.undo(deployment.action.id, "bob", deployment.ports)
    finish(deployment)
    deployment.clock.advance(timedelta(hours=1))

    record = deployment.receive(group_opened(id="event-2", time="2026-11-22T10:30:00Z"))

    assert record.outcome is Outcome.ACT
    assert deployment.cloud.rules() == [OFFICE]


def test_an_old_undo_does_not_excuse_what_was_fixed_again_since() -> None:
    """Undone, made anew, fixed again: when Config then finds it open, nobody has wished for that."""
    deployment = fixed()
    commands.undo(deployment.action.id, "bob", deployment.ports)
    finish(deployment)
    deployment.clock.advance(timedelta(hours=1))
    deployment.receive(group_opened(id="event-2", time="2026-11-22T10:30:00Z"))
    deployment.cloud.add_rules(SSH)

    record = deployment.receive(config_verdict(id="event-3", time="2026-11-22T12:00:00Z"))

    assert record.outcome is Outcome.ACT


def test_undo_does_not_overwrite_what_somebody_changed_since() -> None:
    """The rule is there again with another description: it is not replaced."""
    deployment = fixed()
    deployment.cloud.add_rules(rule(22, Description="made by hand"))
    commands.undo(deployment.action.id, "bob", deployment.ports)

    ended = finish(deployment)

    assert ended.state is ActionState.FAILED
    assert rule(22, Description="made by hand") in deployment.cloud.rules()


def test_undo_of_a_deleted_group_fails_with_the_reason() -> None:
    """Nothing can be put back into a group that is gone."""
    deployment = fixed()
    del deployment.cloud.groups[GROUP]
    commands.undo(deployment.action.id, "bob", deployment.ports)

    ended = finish(deployment)

    assert ended.state is ActionState.FAILED
    assert "InvalidGroup.NotFound" in str(ended.error)


def test_a_failed_undo_can_be_asked_for_again() -> None:
    """What stood in the way is gone: the second undo ends well."""
    deployment = fixed()
    stranger = rule(22, Description="made by hand")
    deployment.cloud.add_rules(stranger)
    commands.undo(deployment.action.id, "bob", deployment.ports)
    finish(deployment)
    del deployment.cloud.groups[GROUP].rules[-1]

    commands.undo(deployment.action.id, "bob", deployment.ports)

    assert finish(deployment).state is ActionState.UNDONE


def test_a_second_answer_to_a_question_is_refused() -> None:
    """Whoever comes second hears what the first one said."""
    deployment = asking()
    commands.reject(deployment.action.id, "bob", deployment.ports)

    with pytest.raises(IllegalTransition, match="is rejected and cannot become approved"):
        commands.approve(deployment.action.id, "carol", deployment.ports)


def test_two_people_who_answer_at_once_are_told_apart() -> None:
    """One answer is written; the other person is told."""
    deployment = asking()
    action_id, calls = deployment.action.id, list[object]()

    def reject_first(change: object) -> None:
        calls.append(change)
        if len(calls) == 1:
            commands.reject(action_id, "carol", deployment.ports)

    deployment.ledger.before_write = reject_first
    with pytest.raises(IllegalTransition):
        commands.approve(action_id, "bob", deployment.ports)

    assert (deployment.action.state, deployment.action.decided_by) == (ActionState.REJECTED, "carol")


@pytest.mark.parametrize("command", [commands.approve, commands.reject, commands.undo])
def test_a_command_about_nothing_says_so(command: object) -> None:
    """An id with a typing error is an answer, not a crash."""
    with pytest.raises(UnknownRecord, match=r"there is no action nobody\.1"):
        command("nobody.1", "bob", Deployment().ports)  # type: ignore[operator]


def test_acknowledging_says_who_has_it_in_hand() -> None:
    """The item is acknowledged, and the trail names the person."""
    deployment = Deployment()
    deployment.receive(guardduty())

    item = handling.acknowledge(deployment.item.id, "bob", deployment.ports)

    assert item.state is ItemState.ACKNOWLEDGED
    assert [entry.by for entry in deployment.ledger.entries(item.id)] == ["remediator", "remediator", "bob"]


def test_only_an_open_item_can_be_acknowledged() -> None:
    """What is resolved already needs nobody's hand."""
    deployment = fixed()

    with pytest.raises(IllegalTransition, match="is resolved and cannot be acknowledged"):
        handling.acknowledge(deployment.item.id, "bob", deployment.ports)


def test_acknowledging_nothing_says_so() -> None:
    """An unknown item is an answer."""
    with pytest.raises(UnknownRecord, match="there is no item nobody"):
        handling.acknowledge("nobody", "bob", Deployment().ports)


def test_another_change_of_the_group_leaves_an_undo_alone() -> None:
    """Somebody opens the database to the office: that is no reason to close again what a person put back."""
    deployment = fixed()
    commands.undo(deployment.action.id, "bob", deployment.ports)
    finish(deployment)
    deployment.clock.advance(timedelta(hours=1))
    event = group_opened(id="event-other")
    rule_made = {"ipProtocol": "tcp", "fromPort": 5432, "toPort": 5432, "cidrIpv4": "10.0.0.0/8"}
    event["detail"]["responseElements"] = {"securityGroupRuleSet": {"items": [rule_made]}}
    event["time"] = deployment.clock().isoformat()

    record = deployment.receive(event)

    assert record.outcome == "record"
    assert len(deployment.ledger.actions) == 1


def test_an_undo_that_is_at_work_cannot_be_asked_for_again() -> None:
    """The second request would take the work out of the first one's hands."""
    deployment = fixed()
    commands.undo(deployment.action.id, "bob", deployment.ports)

    with pytest.raises(IllegalTransition, match="undoing already"):
        commands.undo(deployment.action.id, "carol", deployment.ports)


@pytest.mark.parametrize(
    "name", ["alice", "ALICE", "arn:aws:iam::000000000000:user/alice", "user/alice", "assumed-role/Responder/alice"]
)
def test_where_four_eyes_are_wanted_nobody_approves_what_they_did(name: str) -> None:
    """The attempt is refused and on record; another person may, and everybody may reject."""
    deployment = asking()
    deployment.policies = deployment.policies.model_copy(update={"four_eyes": ("dev",)})
    action = deployment.action.id

    with pytest.raises(Forbidden, match="another person has to approve it"):
        commands.approve(action, name, deployment.ports)

    assert deployment.action.state is ActionState.AWAITING_APPROVAL
    assert deployment.trail[-1].startswith(f"{action} not approved: ")
    assert commands.approve(action, "bob", deployment.ports).state is ActionState.APPROVED


def test_where_they_are_not_wanted_the_author_may_approve() -> None:
    """In dev, by the shipped policies."""
    deployment = asking()

    assert commands.approve(deployment.action.id, "alice", deployment.ports).state is ActionState.APPROVED


@pytest.mark.parametrize(
    ("environment", "own", "wanted"),
    [
        ("prod", None, True),
        ("dev", None, False),
        ("prod", False, False),
        ("dev", True, True),
    ],
)
def test_a_policy_may_say_otherwise_than_the_set(environment: str, *, own: bool | None, wanted: bool) -> None:
    """The shipped set wants four eyes in prod."""
    ours = shipped()
    changed = tuple(policy.model_copy(update={"four_eyes": own}) for policy in ours.policies)
    policies_ = ours.model_copy(update={"policies": changed})

    assert policies_.wants_four_eyes("sg-world-ingress", environment) is wanted
