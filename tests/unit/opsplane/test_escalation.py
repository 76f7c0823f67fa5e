"""What nobody took in hand in time is told again."""

from datetime import timedelta

import pytest
from builders import NOW, Deployment, group_opened, guardduty, policies
from cloud import GROUP, Cloud
from opsplane import handling
from opsplane.escalation import escalate
from opsplane.ledger.item import ItemState
from opsplane.policies.policy import Mode, PolicySet, ResponseTimes
from opsplane.signals.signal import Severity


def told(severity: Severity = Severity.HIGH, environment: str = "dev") -> Deployment:
    """A deployment that told of an open group, which is of that severity by policy."""
    deployment = Deployment(Cloud().open_group(Environment=environment), policies=graded(severity))
    deployment.receive(group_opened())
    return deployment


def graded(severity: Severity) -> PolicySet:
    """The shipped policies, which only tell, with one severity for all."""
    ours = policies(Mode.OBSERVE)
    changed = (policy.model_copy(update={"severity": severity}) for policy in ours.policies)
    return ours.model_copy(update={"policies": tuple(changed)})


@pytest.mark.parametrize(
    ("severity", "minutes"), [(Severity.CRITICAL, 15), (Severity.HIGH, 60), (Severity.MEDIUM, 240)]
)
def test_how_soon_an_answer_is_wanted_follows_from_the_severity(severity: Severity, minutes: int) -> None:
    """The platform document's response times (TDR-08)."""
    assert told(severity).item.due_at == NOW + timedelta(minutes=minutes)


def test_before_its_time_nobody_is_told_again() -> None:
    """The sweep looks every few minutes."""
    deployment = told()
    deployment.clock.advance(timedelta(minutes=59))

    assert deployment.sweep().escalated == ()
    assert len(deployment.notices) == 1


def test_what_is_overdue_is_told_again_once() -> None:
    """However often the sweep looks."""
    deployment = told()
    deployment.clock.advance(timedelta(minutes=60))

    swept = [deployment.sweep().escalated for _ in range(3)]

    assert swept == [(deployment.item.id,), (), ()]
    assert deployment.notices[1:] == [f"Nobody answered: Security group {GROUP} is open to the internet"]
    assert "told again (1 of 2): nobody took it in hand since 2026-11-22 10:00 UTC" in deployment.trail


@pytest.mark.parametrize(("environment", "route"), [("dev", []), ("prod", ["slack", "pagerduty"])])
def test_the_second_time_wakes_somebody_where_people_are_woken(environment: str, route: list[str]) -> None:
    """And then it is quiet: whoever was woken knows."""
    deployment = told(environment=environment)
    for _ in range(4):
        deployment.clock.advance(timedelta(minutes=60))
        deployment.sweep()

    routes = [each.detail["route"] for each in deployment.sent("Notice Requested")[1:]]
    assert routes == [[], route]
    assert (deployment.item.escalations, deployment.item.due_at) == (2, None)


def test_what_somebody_has_in_hand_is_not_told_again() -> None:
    """Also when they take it in the moment in which the sweep looks."""
    deployment = told()
    deployment.clock.advance(timedelta(hours=2))
    handling.acknowledge(deployment.item.id, "bob", deployment.ports)

    assert not escalate(deployment.item.id, ResponseTimes(), deployment.ports)
    assert (deployment.item.state, len(deployment.notices)) == (ItemState.ACKNOWLEDGED, 1)


def test_what_gets_worse_is_awaited_sooner() -> None:
    """A quieter repetition changes nothing."""
    deployment = told(Severity.MEDIUM)
    deployment.policies = graded(Severity.CRITICAL)
    deployment.receive(group_opened(id="event-2"))
    deployment.clock.advance(timedelta(minutes=5))
    deployment.policies = graded(Severity.MEDIUM)
    deployment.receive(group_opened(id="event-3"))

    assert deployment.item.severity is Severity.CRITICAL
    assert deployment.item.due_at == NOW + timedelta(minutes=15)


@pytest.mark.parametrize(("severity", "minutes"), [(Severity.HIGH, None), (Severity.CRITICAL, 1)])
def test_the_times_are_policy(severity: Severity, minutes: int | None) -> None:
    """Also that nobody waits for an answer."""
    times = ResponseTimes(high=None, critical=1)
    ours = graded(severity).model_copy(update={"response": times})
    deployment = Deployment(Cloud().open_group(), policies=ours)

    deployment.receive(group_opened())

    assert deployment.item.due_at == (NOW + timedelta(minutes=minutes) if minutes else None)


def test_what_is_only_recorded_is_awaited_by_nobody() -> None:
    """Nobody was disturbed, so nobody can answer."""
    deployment = Deployment()

    deployment.receive(guardduty(3))

    assert (deployment.item.state, deployment.item.due_at) == (ItemState.OPEN, None)
