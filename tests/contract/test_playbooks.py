"""Each playbook does what it says with the samples that it names, on emulated AWS with the samples' own scenes."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import boto3
import pytest
from builders import Deployment
from moto import mock_aws
from opsplane import flow
from opsplane.actions.action import ActionState
from opsplane.adapters.aws import clients
from opsplane.adapters.aws.api import AwsApi
from opsplane.decisions.decision import Outcome
from opsplane.playbooks import PLAYBOOKS
from opsplane.playbooks.playbook import Playbook
from opsplane_local.scenes import Scene, prepare
from template import ROOT

EVENTS = ROOT / "events"
ACTS = [(playbook, sample) for playbook in PLAYBOOKS for sample in playbook.acts_on]
OPEN = ("0.0.0.0/0", "::/0", "AllUsers")
LEAVES = [(playbook, sample) for playbook in PLAYBOOKS for sample in playbook.leaves]


def ids(value: Any) -> str:
    """Name a case by its playbook or sample."""
    return value.name if isinstance(value, Playbook) else str(value)


@pytest.fixture(scope="module", autouse=True)
def _aws() -> Iterator[None]:
    """One emulated account for all samples: each scene makes resources of its own."""
    with mock_aws():
        clients.client.cache_clear()
        yield
    clients.client.cache_clear()


class Sharing(boto3.Session):
    """A session that makes each client once: making them is most of what these tests would do."""

    @cache  # noqa: B019 - there is one session, for as long as the process lives
    def _made(self, service: str) -> Any:
        return super().client(service)

    def client(self, service: str, *_: Any, **__: Any) -> Any:
        """The client of a service; whose settings do not matter here."""
        return self._made(service)


@cache
def session() -> Sharing:
    """One session for all samples."""
    return Sharing(region_name="us-east-1")


def play(sample: str) -> Scene:
    """Put the sample's resource into the state that the sample describes."""
    path = EVENTS / sample
    return prepare(path, json.loads(path.read_text()), session())


def deployment() -> Deployment:
    """An opsplane whose calls reach the emulated account; the ledger is in memory."""
    return Deployment(cloud=AwsApi("us-east-1"))  # type: ignore[arg-type]


def world() -> str:
    """All security group rules and buckets, for comparing."""
    ec2, s3 = session().client("ec2"), session().client("s3")
    rules = ec2.describe_security_group_rules()["SecurityGroupRules"]
    shown = sorted(json.dumps(rule, sort_keys=True) for rule in rules)
    buckets = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    acls = [json.dumps(s3.get_bucket_acl(Bucket=bucket)["Grants"], sort_keys=True) for bucket in buckets]
    return "\n".join([*shown, *buckets, *acls])


def test_every_playbook_names_samples() -> None:
    """A playbook without evidence proves nothing."""
    assert all(playbook.acts_on for playbook in PLAYBOOKS)
    assert all((EVENTS / sample).is_file() for _, sample in ACTS + LEAVES)


@pytest.mark.parametrize(("playbook", "sample"), ACTS, ids=ids)
def test_it_acts_on_the_samples_that_it_names(playbook: Playbook, sample: str) -> None:
    """The change is made, verified and told, and only what was open is gone; or people are told and that is all."""
    scene, opsplane = play(sample), deployment()
    before = set(world().splitlines())

    records = flow.receive(scene.event, opsplane.ports)

    outcomes = {record.outcome for record in records}
    if playbook.rights:
        assert outcomes == {Outcome.ACT}
        assert opsplane.action.plan.playbook == playbook.name
        assert (opsplane.action.state, opsplane.action.error) == (ActionState.VERIFIED, None)
    else:
        assert outcomes == {Outcome.TELL}
        assert opsplane.ledger.actions == {}
    assert len(opsplane.notices) == 1
    assert all(any(mark in line for mark in OPEN) for line in before - set(world().splitlines()))


@pytest.mark.parametrize(("playbook", "sample"), LEAVES, ids=ids)
def test_it_leaves_the_samples_that_it_names(playbook: Playbook, sample: str) -> None:
    """Nothing in AWS differs afterwards, and nobody is disturbed."""
    assert playbook
    scene, opsplane = play(sample), deployment()
    before = world()

    records = flow.receive(scene.event, opsplane.ports)

    assert {record.outcome for record in records} <= {Outcome.IGNORE, Outcome.RECORD}
    assert world() == before
    assert opsplane.notices == []


def test_a_change_by_terraform_is_asked_about() -> None:
    """The sample with Terraform as actor waits for a person, and nothing differs until then."""
    scene, opsplane = play("cloudtrail/sg-open-by-terraform.json"), deployment()
    before = world()

    [record] = flow.receive(scene.event, opsplane.ports)

    assert record.outcome is Outcome.ASK
    assert world() == before
