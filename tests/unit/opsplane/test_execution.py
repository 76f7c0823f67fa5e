"""Carrying an action out: claim, apply, verify, record, tell."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import Deployment, group_opened
from cloud import GROUP, Cloud, rule
from opsplane import commands, execution
from opsplane.actions.action import LEASE, MAX_ATTEMPTS, ActionState
from opsplane.errors import AccessDenied, IllegalTransition, ServiceUnavailable, UnknownRecord
from opsplane.ledger.entry import NOTICE_REQUESTED
from opsplane.ledger.item import ItemState
from opsplane.playbooks import by_name


def asked(*rules: dict[str, object]) -> Deployment:
    """A deployment with one action that waits for approval, as its group is protected."""
    deployment = Deployment(Cloud().open_group(*(rules or (rule(22),)), protected="yes"))
    deployment.receive(group_opened())
    return deployment


def approved(*rules: dict[str, object]) -> Deployment:
    """The same, approved."""
    deployment = asked(*rules)
    commands.approve(deployment.action.id, "bob", deployment.ports)
    return deployment


def failing(deployment: Deployment, operation: str, error: Exception) -> None:
    """Let one operation fail from now on."""

    def refuse(asked_for: str) -> None:
        if asked_for == operation:
            raise error

    deployment.cloud.before = refuse


def test_an_approved_action_is_applied_and_verified() -> None:
    """After approval the change is made as planned."""
    deployment = approved()

    action = deployment.carry_out(deployment.action.id)

    assert action.state is ActionState.VERIFIED
    assert deployment.cloud.rules() == []
    assert deployment.item.state is ItemState.RESOLVED


def test_a_permanent_refusal_fails_with_its_reason_and_is_told() -> None:
    """A role that lacks the right leaves a failed action, an open item, and a notice that says NOT fixed."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    failing(deployment, "revoke_security_group_ingress", AccessDenied("ec2: UnauthorizedOperation"))

    deployment.receive(group_opened())

    assert (deployment.action.state, deployment.action.error) == (ActionState.FAILED, "ec2: UnauthorizedOperation")
    assert deployment.item.state is ItemState.OPEN
    assert deployment.notices == [f"NOT fixed: Security group {GROUP} is open to the internet"]
    assert deployment.bus.published[0].detail["reason"] == "ec2: UnauthorizedOperation"


def test_a_failure_after_one_step_names_the_step_that_was_made() -> None:
    """What was changed before the refusal stands in the trail, so that somebody can undo it."""
    deployment = Deployment(Cloud().open_group(rule(22), rule(3389)))

    def refuse_second(operation: str) -> None:
        if operation.startswith("revoke") and deployment.cloud.changes:
            text = "ec2: UnauthorizedOperation"
            raise AccessDenied(text)

    deployment.cloud.before = refuse_second
    deployment.receive(group_opened())

    assert deployment.action.state is ActionState.FAILED
    assert "ingress tcp 22-22 0.0.0.0/0: revoke_security_group_ingress" in deployment.trail


def test_a_change_that_does_not_hold_is_a_failure() -> None:
    """When the rule is there again at the second look, nobody is told that it was fixed."""
    deployment = Deployment(Cloud().open_group(rule(22)))

    def put_back(operation: str) -> None:
        if operation.startswith("revoke"):
            deployment.cloud.add_rules(rule(22))

    deployment.cloud.after = put_back
    deployment.receive(group_opened())

    assert deployment.action.state is ActionState.FAILED
    assert deployment.action.error == "read again, it is not so: ingress tcp 22-22 0.0.0.0/0"
    assert deployment.slept == [0.2, 0.5, 1.0]


def test_live_state_that_somebody_changed_meanwhile_is_not_overwritten() -> None:
    """The rule got another description since the plan was made: whoever did that is asked first."""
    deployment = approved()
    deployment.cloud.groups[GROUP].rules[0]["Description"] = "agreed with security"

    action = deployment.carry_out(deployment.action.id)

    assert action.state is ActionState.FAILED
    assert "was changed by somebody else since the plan was made" in str(action.error)
    assert deployment.cloud.rules() == [rule(22, Description="agreed with security")]


def test_a_rule_that_somebody_revoked_meanwhile_is_verified() -> None:
    """What is already so is no failure."""
    deployment = approved()
    deployment.cloud.groups[GROUP].rules.clear()

    action = deployment.carry_out(deployment.action.id)

    assert action.state is ActionState.VERIFIED
    assert deployment.cloud.changes == []


def test_a_rule_that_somebody_revokes_between_look_and_call_is_verified() -> None:
    """AWS answers that the rule does not exist, and that is what was wanted."""
    deployment = Deployment(Cloud().open_group(rule(22)))

    def revoke_first(operation: str) -> None:
        if operation.startswith("revoke"):
            deployment.cloud.groups[GROUP].rules.clear()

    deployment.cloud.before = revoke_first
    deployment.receive(group_opened())

    assert (deployment.action.state, deployment.action.error) == (ActionState.VERIFIED, None)


def test_a_group_that_was_deleted_meanwhile_is_verified() -> None:
    """A group that is gone lets nobody in."""
    deployment = approved()
    del deployment.cloud.groups[GROUP]

    action = deployment.carry_out(deployment.action.id)

    assert action.state is ActionState.VERIFIED


def test_rules_beside_the_planned_ones_are_not_touched() -> None:
    """A rule that appeared after the plan was approved was not approved."""
    deployment = approved()
    deployment.cloud.add_rules(rule(3389))

    deployment.carry_out(deployment.action.id)

    assert deployment.cloud.rules() == [rule(3389)]


def test_nothing_happens_before_approval() -> None:
    """An action that waits cannot be carried out."""
    deployment = asked()

    with pytest.raises(IllegalTransition, match="awaiting_approval"):
        deployment.carry_out(deployment.action.id)

    assert deployment.cloud.changes == []


def test_an_unknown_action_is_said_to_be_unknown() -> None:
    """The message names what was asked for."""
    with pytest.raises(UnknownRecord, match=r"there is no action nobody\.1"):
        Deployment().carry_out("nobody.1")


def interrupted() -> Deployment:
    """An action that broke off while somebody named event-1 worked on it."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    failing(deployment, "revoke_security_group_ingress", ServiceUnavailable("throttled"))
    with pytest.raises(ServiceUnavailable):
        deployment.receive(group_opened())
    return deployment


def test_an_interrupted_action_is_due_at_once() -> None:
    """The sweep need not wait for the lease of a worker that gave up by itself."""
    deployment = interrupted()

    due = deployment.ledger.due(deployment.clock(), 10)

    assert [action.id for action in due.actions] == [deployment.action.id]


def test_another_worker_may_take_over_what_was_interrupted() -> None:
    """The lease ended with the interruption."""
    deployment = interrupted()
    deployment.cloud.before = lambda _: None

    action = deployment.carry_out(deployment.action.id, "somebody else")

    assert action.state is ActionState.VERIFIED


def test_a_worker_at_work_is_not_disturbed() -> None:
    """A second worker is told who has the action, and until when."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    refused: list[str] = []

    def interfere(operation: str) -> None:
        if operation.startswith("revoke"):
            with pytest.raises(IllegalTransition, match="is being worked on by event-1") as caught:
                deployment.carry_out(deployment.action.id, "somebody else")
            refused.append(str(caught.value))

    deployment.cloud.before = interfere
    deployment.receive(group_opened())

    assert len(refused) == 1
    assert deployment.action.state is ActionState.VERIFIED


def test_of_two_workers_that_claim_at_once_one_is_sent_away_at_once() -> None:
    """Both read it free; the slower one does not wait and try, for the action is in good hands."""
    deployment = approved()
    action_id, writes = deployment.action.id, list[object]()

    def claim_first(change: object) -> None:
        writes.append(change)
        if len(writes) == 1:
            deployment.carry_out(action_id, "quicker")

    deployment.ledger.before_write = claim_first
    with pytest.raises(IllegalTransition, match="was taken by somebody else"):
        deployment.carry_out(action_id, "slower")

    assert len(deployment.slept) == 1
    assert deployment.action.state is ActionState.VERIFIED


def test_after_the_lease_another_worker_takes_over() -> None:
    """A worker that died holds nothing for longer than its lease."""
    deployment = approved()
    action = deployment.action.claim("dead worker", deployment.clock())
    deployment.ledger.actions[action.id] = action

    deployment.clock.advance(LEASE)
    ended = deployment.carry_out(action.id, "sweep")

    assert (ended.state, ended.attempts) == (ActionState.VERIFIED, 2)


def test_what_is_interrupted_again_and_again_is_given_up() -> None:
    """After five attempts the action is failed, with the reason of the last, and people are told."""
    deployment = interrupted()
    for _ in range(MAX_ATTEMPTS - 1):
        with pytest.raises(ServiceUnavailable):
            deployment.carry_out(deployment.action.id)

    action = deployment.carry_out(deployment.action.id)

    assert (action.state, action.error) == (ActionState.FAILED, "given up after 5 attempts: throttled")
    assert deployment.notices == [f"NOT fixed: Security group {GROUP} is open to the internet"]


def test_an_action_of_a_playbook_that_was_removed_fails_with_that_reason() -> None:
    """A stuck action of an older release does not crash the remediator for ever."""
    deployment = approved()
    old = deployment.action.plan.model_copy(update={"playbook": "retired"})
    deployment.ledger.actions[deployment.action.id] = deployment.action.model_copy(update={"plan": old})

    action = deployment.carry_out(deployment.action.id)

    assert (action.state, action.error) == (ActionState.FAILED, "playbook retired does not exist any more")


def test_an_item_that_others_write_meanwhile_is_written_after_them() -> None:
    """Somebody acknowledges the item while its action ends: both stand in the trail, numbered one after the other."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    writes: list[object] = []

    def acknowledge(change: object) -> None:
        writes.append(change)
        if len(writes) == 2:
            commands.acknowledge(deployment.item.id, "bob", deployment.ports)

    deployment.ledger.before_write = acknowledge
    deployment.receive(group_opened())

    assert deployment.action.state is ActionState.VERIFIED
    assert deployment.trail[-3:-1] == ["acknowledged", "ingress tcp 22-22 0.0.0.0/0: revoke_security_group_ingress"]
    assert [int(entry.id[-6:]) for entry in deployment.ledger.trail.values()] == [1, 2, 3, 4, 5, 6]


def test_a_bus_that_is_away_does_not_undo_what_was_recorded() -> None:
    """The fix is verified and its notice waits in the outbox until the sweep publishes it."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    deployment.bus.fault = ServiceUnavailable("bus away")
    deployment.receive(group_opened())
    waiting = list(deployment.ledger.outbox)

    deployment.bus.fault = None
    deployment.clock.advance(timedelta(minutes=2))
    swept = deployment.sweep()

    assert deployment.action.state is ActionState.VERIFIED
    assert list(swept.published) == waiting
    assert deployment.notices == [f"Fixed: Security group {GROUP} is open to the internet"]
    assert deployment.ledger.outbox == {}


def test_what_was_given_up_can_still_be_undone() -> None:
    """The attempts of the apply do not count against the undo."""
    deployment = interrupted()
    for _ in range(MAX_ATTEMPTS - 1):
        with pytest.raises(ServiceUnavailable):
            deployment.carry_out(deployment.action.id)
    deployment.carry_out(deployment.action.id)
    deployment.cloud.before = lambda _: None

    commands.undo(deployment.action.id, "bob", deployment.ports)
    ended = deployment.carry_out(deployment.action.id)

    assert ended.state is ActionState.UNDONE
    assert deployment.cloud.rules() == [rule(22)]


def test_a_containment_leaves_the_item_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off is not over: nobody knows yet what happened before, and the page stays."""
    playbook = by_name("sg-world-ingress")
    assert playbook
    monkeypatch.setattr(execution, "by_name", lambda _: replace(playbook, contains=True))
    deployment = Deployment(Cloud().open_group(rule(22)))

    deployment.receive(group_opened())

    assert deployment.item.state is ItemState.CONTAINED
    assert deployment.notices == [f"Contained: Security group {GROUP} is open to the internet"]
    assert deployment.sent(NOTICE_REQUESTED)[0].detail["over"] is False


def test_throttled_after_one_step_and_refused_later_it_still_knows_the_first_step() -> None:
    """The first port is closed, the second throttled, then we lose the right: the record names what was done."""
    deployment = approved(rule(22), rule(3389), rule(5432))

    def throttle_second(operation: str) -> None:
        if operation.startswith("revoke") and deployment.cloud.changes:
            text = "ec2: RequestLimitExceeded"
            raise ServiceUnavailable(text)

    deployment.cloud.before = throttle_second
    with pytest.raises(ServiceUnavailable):
        deployment.carry_out(deployment.action.id)
    assert len(deployment.action.made) == 1
    failing(deployment, "revoke_security_group_ingress", AccessDenied("ec2: UnauthorizedOperation"))

    action = deployment.carry_out(deployment.action.id, "request-2")

    assert action.state is ActionState.FAILED
    assert str(action.error).endswith("each step makes it safer: ingress tcp 22-22 0.0.0.0/0")


def test_what_is_given_up_names_what_was_made() -> None:
    """Nothing can be put back while AWS cannot be asked; a person has to know what is half done."""
    deployment = approved(rule(22), rule(3389))

    def throttle_second(operation: str) -> None:
        if operation.startswith("revoke") and deployment.cloud.changes:
            text = "ec2: RequestLimitExceeded"
            raise ServiceUnavailable(text)

    deployment.cloud.before = throttle_second
    for number in range(MAX_ATTEMPTS):
        with pytest.raises(ServiceUnavailable):
            deployment.carry_out(deployment.action.id, f"request-{number}")

    action = deployment.carry_out(deployment.action.id, "last")

    assert action.state is ActionState.FAILED
    assert "done and left so: ingress tcp 22-22" in str(action.error)
