"""Level beats edge: what an event missed is found."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import Deployment, group_opened, guardduty, policies
from cloud import GROUP, Cloud, rule
from opsplane import commands, execution
from opsplane.actions.action import APPROVAL_PERIOD, LEASE, ActionState
from opsplane.decisions.decision import Outcome
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.item import ItemState
from opsplane.playbooks import by_name
from opsplane.policies.policy import Mode
from opsplane.sweep import Swept


def asking() -> Deployment:
    """A deployment whose policies ask, with one question waiting."""
    deployment = Deployment(Cloud().open_group(rule(22)), policies=policies(Mode.APPROVE))
    deployment.receive(group_opened())
    return deployment


def test_with_nothing_due_nothing_is_done() -> None:
    """A quiet night stays quiet."""
    deployment = asking()

    assert deployment.sweep() == Swept()


def test_a_question_that_nobody_answers_expires_and_is_told() -> None:
    """After a day the question is closed, nothing was changed, and people hear that."""
    deployment = asking()
    deployment.clock.advance(APPROVAL_PERIOD)

    swept = deployment.sweep()

    assert swept.expired == (deployment.action.id,)
    assert deployment.action.state is ActionState.EXPIRED
    assert deployment.notices[-1] == f"Nobody answered: Security group {GROUP} is open to the internet"
    assert deployment.cloud.changes == []


def test_an_expired_question_cannot_be_approved() -> None:
    """Live state has a day of history by then: a new event asks anew."""
    deployment = asking()
    deployment.clock.advance(APPROVAL_PERIOD)
    deployment.sweep()

    record = deployment.receive(group_opened(id="event-2"))

    assert record.outcome is Outcome.ASK
    assert [action.state for action in deployment.ledger.actions.values()] == [
        ActionState.EXPIRED,
        ActionState.AWAITING_APPROVAL,
    ]


def test_an_answer_in_the_last_moment_wins() -> None:
    """Somebody approves while the sweep expires: the approval stands."""
    deployment = asking()
    deployment.clock.advance(APPROVAL_PERIOD)
    calls: list[object] = []

    def approve_first(change: object) -> None:
        calls.append(change)
        if len(calls) == 1:
            commands.approve(deployment.action.id, "bob", deployment.ports)

    deployment.ledger.before_write = approve_first
    swept = deployment.sweep()

    assert swept.expired == ()
    assert deployment.action.state is ActionState.APPROVED


def test_an_action_whose_worker_died_is_asked_for_again() -> None:
    """When the lease is over, the remediator gets a request for it."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    deployment.receive(group_opened())
    stuck = deployment.action.model_copy(
        update={"state": ActionState.APPLYING, "due_at": deployment.clock() + LEASE, "lease_owner": "dead worker"}
    )
    deployment.ledger.actions[stuck.id] = stuck

    early = deployment.sweep()
    deployment.clock.advance(LEASE)
    late = deployment.sweep()

    assert (early.requested, late.requested) == ((), (stuck.id,))
    assert deployment.requests == [stuck.id]


def test_a_message_that_the_bus_did_not_take_is_published() -> None:
    """The finding was recorded while the bus was away; the sweep brings the notice on its way."""
    deployment = Deployment()
    deployment.bus.fault = ServiceUnavailable("bus away")
    deployment.receive(guardduty())

    deployment.bus.fault = None
    deployment.clock.advance(timedelta(minutes=2))
    swept = deployment.sweep()

    assert len(swept.published) == 1
    assert deployment.notices == ["Attention: EC2 instance is mining"]
    assert deployment.sweep() == Swept()


def test_a_message_that_the_bus_still_does_not_take_is_kept() -> None:
    """Nothing is forgotten before the bus has it."""
    deployment = Deployment()
    deployment.bus.fault = ServiceUnavailable("bus away")
    deployment.receive(guardduty())
    deployment.clock.advance(timedelta(minutes=2))

    with pytest.raises(ServiceUnavailable):
        deployment.sweep()

    assert len(deployment.ledger.outbox) == 1


def blocking(monkeypatch: pytest.MonkeyPatch) -> Deployment:
    """A deployment in which what closes a group is meant for a day."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    playbook = by_name("sg-world-ingress")
    assert playbook
    timed = replace(playbook, lasts=lambda _: timedelta(days=1))
    monkeypatch.setattr(execution, "by_name", lambda _: timed)
    deployment.receive(group_opened())
    return deployment


def test_what_is_meant_for_a_time_is_taken_back_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a moment sooner; the item stays resolved, since nobody disagreed."""
    deployment = blocking(monkeypatch)
    deployment.clock.advance(timedelta(hours=23))
    assert deployment.sweep().lapsed == ()
    deployment.clock.advance(timedelta(hours=1))

    swept = deployment.sweep()
    ended = deployment.carry_out(deployment.action.id)

    assert swept.lapsed == (deployment.action.id,)
    assert (ended.state, ended.decided_by, ended.due_at) == (ActionState.UNDONE, "opsplane", None)
    assert deployment.item.state is ItemState.RESOLVED
    assert deployment.cloud.rules() == [rule(22)]


def test_what_lapsed_may_be_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of a time is not a person's wish to leave it."""
    deployment = blocking(monkeypatch)
    deployment.clock.advance(timedelta(days=1))
    deployment.sweep()
    deployment.carry_out(deployment.action.id)

    assert deployment.receive(group_opened(id="event-2")).outcome is Outcome.ACT


def test_what_a_person_took_back_before_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is due any more."""
    deployment = blocking(monkeypatch)
    commands.undo(deployment.action.id, "bob", deployment.ports)
    deployment.carry_out(deployment.action.id)
    deployment.clock.advance(timedelta(days=2))

    assert deployment.sweep().lapsed == ()
