"""Bad luck while something is undone, or a person's answer is carried out: the sweep sees it to its end, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from builders import Deployment, Event, bucket_opened, group_opened, policies
from cloud import BUCKET, EVERYBODY, Bucket, Cloud, grants, policy, rule
from fuses import Fuse, Killed, everywhere
from opsplane import commands
from opsplane.actions.action import ActionState
from opsplane.policies.policy import Mode

type Step = Callable[[Deployment], object]


def _open_group() -> Cloud:
    return Cloud().open_group(
        rule(22, Description="temporary", Tags=[{"Key": "owner", "Value": "alice"}]), rule(3389), rule(22, "10.0.0.0/8")
    )


def _public_bucket() -> Cloud:
    return Cloud().open_bucket(Bucket(policy=policy(), grants=grants(EVERYBODY)))


WORLDS: dict[str, tuple[Callable[[], Cloud], Event]] = {
    "group": (_open_group, group_opened()),
    "bucket": (_public_bucket, bucket_opened()),
}


def _undo(deployment: Deployment) -> None:
    commands.undo(deployment.action.id, "bob", deployment.ports)
    deployment.carry_out(deployment.action.id)


def _approve(deployment: Deployment) -> None:
    commands.approve(deployment.action.id, "bob", deployment.ports)
    deployment.carry_out(deployment.action.id)


def _begun(name: str, fuse: Fuse, mode: Mode) -> Deployment:
    """A deployment that answered its event; from here on the fuse counts."""
    world, event = WORLDS[name]
    deployment = everywhere(world(), fuse)
    deployment.policies = policies(mode)
    at, fuse.at = fuse.at, None
    deployment.receive(event)
    fuse.moments.clear()
    fuse.at = at
    return deployment


def _cut_off(deployment: Deployment, work: Step, untouched: ActionState) -> None:
    """Begin the work, be killed in the middle, and let the next sweeps see to it."""
    with pytest.raises(Killed):
        work(deployment)
    if deployment.action.state is untouched:
        work(deployment)
    deployment.clock.advance(timedelta(minutes=3))
    for action_id in deployment.sweep().requested:
        deployment.carry_out(action_id)
    deployment.sweep()


def _cases(work: Step, mode: Mode) -> list[tuple[str, int]]:
    """Every moment of the work, for each world."""
    found = []
    for name in WORLDS:
        fuse = Fuse()
        work(_begun(name, fuse, mode))
        found += [(name, at) for at in range(len(fuse.moments))]
    return found


@pytest.mark.parametrize(("name", "at"), _cases(_undo, Mode.ENFORCE))
def test_an_undo_that_was_cut_off_is_finished(name: str, at: int) -> None:
    """At every write and call: in the end all is as it was before the fix, and each change was taken back once."""
    before = WORLDS[name][0]().snapshot()
    deployment = _begun(name, Fuse(at), Mode.ENFORCE)
    made = len(deployment.cloud.changes)

    _cut_off(deployment, _undo, ActionState.VERIFIED)

    assert deployment.action.state is ActionState.UNDONE
    assert deployment.cloud.snapshot() == before
    assert len(deployment.cloud.changes) == 2 * made
    assert deployment.ledger.outbox == {}


@pytest.mark.parametrize(("name", "at"), _cases(_approve, Mode.APPROVE))
def test_an_approval_that_was_cut_off_is_finished(name: str, at: int) -> None:
    """A person said yes: it is done, whatever dies on the way, and nothing is done twice."""
    deployment = _begun(name, Fuse(at), Mode.APPROVE)

    _cut_off(deployment, _approve, ActionState.AWAITING_APPROVAL)

    assert (deployment.action.state, deployment.action.decided_by) == (ActionState.VERIFIED, "bob")
    assert len({str(call) for call in deployment.cloud.changes}) == len(deployment.cloud.changes)
    if name == "bucket":
        assert deployment.cloud.buckets[BUCKET].policy is None
    else:
        assert deployment.cloud.rules() == [rule(22, "10.0.0.0/8")]
