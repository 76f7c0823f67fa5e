"""Bad luck at every single moment: what was begun is finished by the next delivery or by the sweep, and done once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from builders import Deployment, Event, bucket_opened, config_verdict, group_opened
from cloud import BUCKET, EVERYBODY, GROUP, Bucket, Cloud, block, grants, policy, rule
from fuses import Fuse, Killed, everywhere, in_aws
from opsplane import flow
from opsplane.actions.action import LEASE, ActionState
from opsplane.errors import ServiceUnavailable, TemporaryError
from opsplane.ledger.item import ItemState

OFFICE = rule(22, "10.20.0.0/16", Description="office")

type Scenario = tuple[Callable[[], Cloud], Event, Callable[[Cloud], bool], int]
"""The world before, the event, whether the world is as wanted, and how many changes that takes."""


def _open_group() -> Cloud:
    return Cloud().open_group(rule(22), rule(3389), OFFICE)


def _group_is_closed(cloud: Cloud) -> bool:
    return cloud.rules(GROUP) == [OFFICE]


def _public_bucket() -> Cloud:
    return Cloud().open_bucket(Bucket(policy=policy(), grants=grants(EVERYBODY)))


def _bucket_is_private(cloud: Cloud) -> bool:
    return cloud.buckets[BUCKET] == Bucket(block=block())


SCENARIOS: dict[str, Scenario] = {
    "group": (_open_group, group_opened(), _group_is_closed, 2),
    "bucket": (_public_bucket, bucket_opened(), _bucket_is_private, 3),
}


def _moments(scenario: Scenario) -> int:
    world, event, _, __ = scenario
    fuse = Fuse()
    everywhere(world(), fuse).receive(event)
    return len(fuse.moments)


CASES = [(name, at) for name, scenario in SCENARIOS.items() for at in range(_moments(scenario))]


def _check(deployment: Deployment, scenario: Scenario) -> None:
    _, __, wanted, changes = scenario
    assert wanted(deployment.cloud)
    assert deployment.action.state is ActionState.VERIFIED
    assert len(deployment.cloud.changes) == changes
    assert len(set(deployment.notices)) == 1
    assert deployment.ledger.outbox == {}


@pytest.mark.parametrize(("name", "at"), CASES)
def test_the_next_delivery_finishes_what_was_cut_off(name: str, at: int) -> None:
    """The function is killed at any moment, and the event comes again: all is done, and each change is made once."""
    world, event, _, __ = SCENARIOS[name]
    deployment = everywhere(world(), Fuse(at))
    with pytest.raises(Killed):
        deployment.receive(event)

    deployment.receive(event)
    deployment.clock.advance(timedelta(minutes=2))
    deployment.sweep()

    _check(deployment, SCENARIOS[name])


@pytest.mark.parametrize(("name", "at"), CASES)
def test_the_sweep_finishes_what_was_cut_off(name: str, at: int) -> None:
    """The event never comes again: once the intent is written, the sweep sees to the rest."""
    world, event, _, __ = SCENARIOS[name]
    deployment = everywhere(world(), Fuse(at))
    with pytest.raises(Killed):
        deployment.receive(event)
    if not deployment.ledger.actions:
        deployment.receive(event)

    deployment.clock.advance(timedelta(minutes=2))
    for action_id in deployment.sweep().requested:
        deployment.carry_out(action_id)

    _check(deployment, SCENARIOS[name])


@pytest.mark.parametrize(("name", "at"), CASES)
def test_a_dependency_that_fails_once_costs_a_delivery_and_no_more(name: str, at: int) -> None:
    """AWS, ledger and bus may each be away for a moment, before or after a call took effect."""
    world, event, _, __ = SCENARIOS[name]
    fuse = Fuse(at, ServiceUnavailable("throttled"))
    deployment = everywhere(world(), fuse)
    try:
        deployment.receive(event)
    except TemporaryError:
        deployment.receive(event)
    else:
        # The bus may be away: the record stands, and the sweep publishes.
        assert fuse.moments[at].endswith("publish")

    deployment.clock.advance(timedelta(minutes=2))
    deployment.sweep()

    _check(deployment, SCENARIOS[name])


def _aws_moments(scenario: Scenario) -> list[int]:
    """The moments in AWS that come after the intent was written, counting AWS's own only."""
    world, event, _, __ = scenario
    cloud, fuse, marks = world(), Fuse(), []
    in_aws(cloud, fuse)
    deployment = Deployment(cloud)
    deployment.ledger.before_write = lambda _: marks.append(len(fuse.moments))
    deployment.receive(event)
    return list(range(marks[0], len(fuse.moments)))


@pytest.mark.parametrize(("name", "at"), [(name, at) for name in SCENARIOS for at in _aws_moments(SCENARIOS[name])])
def test_throttling_midway_is_on_record_and_is_taken_up_again(name: str, at: int) -> None:
    """The trail says "interrupted" and why, and the next delivery of the same event goes on."""
    world, event, _, __ = SCENARIOS[name]
    cloud = world()
    in_aws(cloud, Fuse(at, ServiceUnavailable("RequestLimitExceeded")))
    deployment = Deployment(cloud)

    with pytest.raises(ServiceUnavailable):
        deployment.receive(event)
    interrupted = deployment.action
    trail = deployment.trail[-1]
    deployment.receive(event)

    assert (interrupted.state, interrupted.error) == (ActionState.APPLYING, "RequestLimitExceeded")
    assert trail == f"{interrupted.id} interrupted, it will be taken up again: RequestLimitExceeded"
    assert f"applying {interrupted.id}, attempt 2" in deployment.trail
    _check(deployment, SCENARIOS[name])


@pytest.mark.parametrize("at", range(6))
def test_a_second_delivery_at_any_write_changes_nothing_twice(at: int) -> None:
    """The same event is delivered again right before a write of the first one: one action, one change, verified."""
    deployment = Deployment(_open_group())
    writes: list[object] = []

    def deliver_again(change: object) -> None:
        writes.append(change)
        if len(writes) - 1 == at:
            deployment.receive(group_opened())

    deployment.ledger.before_write = deliver_again
    try:
        deployment.receive(group_opened())
    except TemporaryError:
        deployment.receive(group_opened())

    _check(deployment, SCENARIOS["group"])


@pytest.mark.parametrize("at", range(6))
def test_another_services_report_at_any_write_changes_nothing_twice(at: int) -> None:
    """Config reports the same group right before a write: each rule is revoked once, and the item says resolved."""
    deployment = Deployment(_open_group())
    writes: list[object] = []

    def report(change: object) -> None:
        writes.append(change)
        if len(writes) - 1 == at:
            deployment.receive(config_verdict(id="event-2"))

    deployment.ledger.before_write = report
    deployment.receive(group_opened(id="event-1"))

    assert _group_is_closed(deployment.cloud)
    assert len(deployment.cloud.changes) == 2
    assert deployment.item.state is ItemState.RESOLVED
    assert {action.state for action in deployment.ledger.actions.values()} == {ActionState.VERIFIED}


def test_a_second_delivery_during_a_change_does_not_make_a_success_a_failure() -> None:
    """Both deliveries saw the open rule; the slower one finds it gone, and the record still says verified."""
    deployment = Deployment(_open_group())
    inside: list[str] = []

    def deliver_again(operation: str) -> None:
        if operation.startswith("revoke") and not inside:
            inside.append(operation)
            deployment.receive(group_opened())

    deployment.cloud.before = deliver_again
    try:
        deployment.receive(group_opened())
    except TemporaryError:
        deployment.receive(group_opened())

    _check(deployment, SCENARIOS["group"])


def test_another_delivery_leaves_the_work_to_the_one_that_is_at_it() -> None:
    """EventBridge delivers twice at once: the second gets the record and touches nothing, nor does it fail."""
    deployment = Deployment(_open_group())
    answers: list[object] = []

    def deliver_again(operation: str) -> None:
        if operation.startswith("revoke") and not answers:
            answers.append(flow.receive(group_opened(), deployment.ports, "delivery-2"))

    deployment.cloud.before = deliver_again
    first = flow.receive(group_opened(), deployment.ports, "delivery-1")

    assert answers == [first]
    assert deployment.action.attempts == 1
    _check(deployment, SCENARIOS["group"])


def test_another_delivery_takes_the_work_up_once_the_lease_is_over() -> None:
    """The first one died; a minute and a half later nobody can be at it any more."""
    whole = Fuse()
    everywhere(_open_group(), whole).receive(group_opened())
    first = next(at for at, moment in enumerate(whole.moments) if moment.startswith("before revoke"))
    deployment = everywhere(_open_group(), Fuse(first))
    with pytest.raises(Killed):
        flow.receive(group_opened(), deployment.ports, "delivery-1")

    flow.receive(group_opened(), deployment.ports, "delivery-2")
    waiting = deployment.action
    deployment.clock.advance(LEASE)
    flow.receive(group_opened(), deployment.ports, "delivery-2")

    assert (waiting.state, waiting.lease_owner) == (ActionState.APPLYING, "delivery-1")
    _check(deployment, SCENARIOS["group"])
