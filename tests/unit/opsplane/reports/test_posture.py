"""The posture of an account, measured from the ledger."""

from datetime import timedelta

from builders import Deployment, group_opened, guardduty, policies
from cloud import Cloud, rule
from opsplane import commands
from opsplane.actions.action import ActionState
from opsplane.ledger.item import ItemState
from opsplane.policies.policy import Mode
from opsplane.reports.posture import Posture, measure
from opsplane.reports.window import ReportKind, window
from opsplane.signals.signal import Severity


def measured(deployment: Deployment) -> Posture:
    """The posture of the week up to a second from now."""
    deployment.clock.advance(timedelta(seconds=1))
    span = window(ReportKind.WEEKLY, deployment.clock())
    ledger = deployment.ledger
    items, actions = ledger.recent_items(100), ledger.recent_actions(100)
    return measure(span, items, actions, tuple(ledger.trail.values()), complete=True)


def test_an_empty_ledger_is_a_quiet_week() -> None:
    """Every severity and state has its count, also when it is nought."""
    posture = measured(Deployment())

    assert set(posture.items_by_severity.values()) | set(posture.items_by_state.values()) == {0}
    assert next(iter(posture.items_by_severity)) is Severity.CRITICAL
    assert (posture.alone.mean_seconds, posture.oldest_open) == (None, ())


def test_items_and_actions_are_counted_by_what_became_of_them() -> None:
    """A fix, and a finding that waits."""
    deployment = Deployment(Cloud().open_group(rule(22)))
    deployment.receive(group_opened())
    deployment.receive(guardduty(9, id="event-2"))

    posture = measured(deployment)

    assert posture.items_by_severity[Severity.CRITICAL] == 1
    assert (posture.items_by_state[ItemState.RESOLVED], posture.items_by_state[ItemState.OPEN]) == (1, 1)
    assert posture.actions_by_state == {ActionState.VERIFIED: 1}
    assert (posture.items_opened, posture.open_now, posture.signals) == (2, 1, 2)
    assert [item.title for item in posture.oldest_open] == ["EC2 instance is mining"]


def test_fixes_are_timed_from_the_signal_to_the_verified_fix() -> None:
    """Those that nobody was asked about."""
    cloud = Cloud().open_group(rule(22))
    deployment = Deployment(cloud)
    cloud.after = lambda name: deployment.clock.advance(timedelta(seconds=5 if name.startswith("revoke") else 0))
    deployment.receive(group_opened())

    posture = measured(deployment)

    assert (posture.alone.fixes, posture.alone.mean_seconds, posture.agreed.fixes) == (1, 5.0, 0)


def test_fixes_that_waited_for_a_person_are_timed_apart() -> None:
    """An hour of waiting says nothing about how fast opsplane is."""
    deployment = Deployment(Cloud().open_group(rule(22)), policies=policies(Mode.APPROVE))
    deployment.receive(group_opened())
    deployment.clock.advance(timedelta(hours=1))
    commands.approve(deployment.action.id, "alice", deployment.ports)
    deployment.carry_out(deployment.action.id)

    posture = measured(deployment)

    assert (posture.alone.fixes, posture.agreed.fixes, posture.agreed.slowest_seconds) == (0, 1, 3600.0)
    assert posture.commands == 1


def test_what_happened_before_the_window_counts_only_while_it_is_open() -> None:
    """An old open item is the most interesting line of a report."""
    deployment = Deployment()
    deployment.receive(guardduty(9))
    deployment.clock.advance(timedelta(days=20))

    posture = measured(deployment)

    assert (sum(posture.items_by_state.values()), posture.signals, posture.open_now) == (0, 0, 1)
    assert [item.days for item in posture.oldest_open] == [20.0]
