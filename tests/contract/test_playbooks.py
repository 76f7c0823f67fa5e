"""Each playbook does what it says with the samples that it names, on emulated AWS with the samples' own scenes."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import boto3
import pytest
from builders import Deployment
from moto import mock_aws
from moto.iam.models import AWSManagedPolicy, iam_backends
from opsplane import flow
from opsplane.adapters.aws import clients
from opsplane.adapters.aws.api import AwsApi
from opsplane.decisions.decision import Outcome
from opsplane.playbooks import NAMES, catalogue
from opsplane.playbooks.playbook import Playbook
from opsplane.policies.load import default
from opsplane.policies.policy import Mode
from opsplane_local.moto_gaps import GAPS
from playbook_runs import EVENTS, Watching, play, run_through

ACTING = [playbook for playbook in catalogue() if playbook.rights]
TELLING = [(playbook, sample) for playbook in catalogue() if not playbook.rights for sample in playbook.acts_on]
LEAVES = [(playbook, sample) for playbook in catalogue() for sample in playbook.leaves]


def ids(value: Any) -> str:
    """Name a case by its playbook or sample."""
    return value.name if isinstance(value, Playbook) else str(value)


@pytest.fixture(scope="module", autouse=True)
def _aws() -> Iterator[None]:
    """One emulated account for all samples, without the gaps of moto: each scene makes resources of its own."""
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for gap in GAPS:
            gap(Reverting(patch))
        _have_managed_policies()
        clients.client.cache_clear()
        yield
    clients.client.cache_clear()


def _have_managed_policies() -> None:
    """Two of AWS's own policies: moto would take seconds to load all of them."""
    backend = iam_backends["000000000000"]["aws"]
    day = "2026-01-01T00:00:00+00:00"
    for name in ("AdministratorAccess", "ReadOnlyAccess"):
        told = {"Path": "/", "Document": {}, "DefaultVersionId": "v1", "CreateDate": day, "UpdateDate": day}
        policy = AWSManagedPolicy.from_data(name, "000000000000", "us-east-1", told)
        backend.managed_policies[policy.arn] = policy


class Reverting:
    """Implements the gaps' Patch with changes that are taken back."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Changes go through `patch`."""
        self._patch = patch

    def attribute(self, owner: object, name: str, value: object) -> None:
        """Set an attribute."""
        self._patch.setattr(owner, name, value, raising=False)

    def item(self, mapping: Any, key: str, value: Any) -> None:
        """Set an item."""
        self._patch.setitem(mapping, key, value)


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


def test_every_playbook_is_the_file_of_its_name() -> None:
    """Thirty of them, in the order of the list."""
    assert tuple(playbook.name for playbook in catalogue()) == NAMES


def test_every_playbook_names_samples_of_both_kinds() -> None:
    """A playbook without evidence proves nothing, and one without a counter-sample may act on anything."""
    bare = [playbook.name for playbook in catalogue() if not playbook.acts_on or not playbook.leaves]
    missing = [
        sample
        for playbook in catalogue()
        for sample in (*playbook.acts_on, *playbook.leaves)
        if not (EVENTS / sample).is_file()
    ]

    assert (bare, missing) == ([], [])


@pytest.mark.parametrize("playbook", ACTING, ids=ids)
def test_it_acts_is_verified_and_can_be_put_back(playbook: Playbook) -> None:
    """On each sample, byte for byte but for what it said beforehand; with exactly the rights that it declares."""
    used: set[str] = set()
    for sample in playbook.acts_on:
        run = run_through(playbook, sample, session(), AwsApi("us-east-1"), lambda _: None)

        if run.back is not None:
            assert run.after != run.before, sample
            assert run.back == run.before, sample
        assert run.headlines, sample
        used |= run.used

    assert sorted(used) == list(playbook.rights)


@pytest.mark.parametrize(("playbook", "sample"), TELLING, ids=ids)
def test_where_nothing_can_be_changed_people_are_told(playbook: Playbook, sample: str) -> None:
    """One message, and no action."""
    scene, opsplane = play(sample, session()), Deployment(cloud=AwsApi("us-east-1"))  # type: ignore[arg-type]

    records = flow.receive(scene.event, opsplane.ports)

    assert Outcome.TELL in {record.outcome for record in records}
    assert opsplane.ledger.actions == {}
    assert playbook.name in {item.policy for item in opsplane.ledger.items.values()}
    assert opsplane.notices


@pytest.mark.parametrize(("playbook", "sample"), LEAVES, ids=ids)
def test_it_leaves_the_samples_that_it_names(playbook: Playbook, sample: str) -> None:
    """No call changes anything, and nobody is asked; whoever is told is told of something else."""
    watching = Watching(AwsApi("us-east-1"))
    scene, opsplane = play(sample, session()), Deployment(cloud=watching)  # type: ignore[arg-type]

    records = flow.receive(scene.event, opsplane.ports)

    assert playbook
    assert {record.outcome for record in records} <= {Outcome.IGNORE, Outcome.RECORD, Outcome.TELL}
    assert watching.changed == []
    assert opsplane.ledger.actions == {}


def test_a_change_by_terraform_is_asked_about() -> None:
    """The sample with Terraform as actor waits for a person, and nothing differs until then."""
    watching = Watching(AwsApi("us-east-1"))
    scene = play("cloudtrail/sg-open-by-terraform.json", session())
    opsplane = Deployment(cloud=watching)  # type: ignore[arg-type]

    [record] = flow.receive(scene.event, opsplane.ports)

    assert record.outcome is Outcome.ASK
    assert watching.changed == []


def test_what_could_take_down_a_service_is_never_enforced_in_prod() -> None:
    """Safe by default: the shipped policies ask there, or only tell."""
    disruptive = {playbook.name for playbook in catalogue() if playbook.disruptive}
    enforcing = {
        policy.name
        for policy in default().policies
        if policy.playbook in disruptive and policy.mode_in("prod") is Mode.ENFORCE
    }

    assert enforcing <= {"iam-key-exposed"}


def test_what_answers_an_attack_is_a_containment() -> None:
    """A playbook that isolates, stops or disables because of a finding keeps a case file first."""
    kinds = re.compile(r"threat|login")
    answering = {
        policy.playbook
        for policy in default().policies
        if policy.playbook and any(kinds.search(kind) for kind in policy.match.kinds)
    }

    assert {playbook.name for playbook in catalogue() if playbook.contains} == answering


def test_samples_are_valid_json() -> None:
    """Each file in `events/` can be sent."""
    for path in EVENTS.glob("*/*.json"):
        json.loads(path.read_text())
