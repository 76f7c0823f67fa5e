"""Each sample finds its scene, and one without a scene is sent all the same."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from opsplane_local.scenes import SCENES, Event, NotEmulatedError, Scene, prepare

type Play = Callable[[str], Scene]

EVENTS = Path(__file__).parents[4] / "events"
SAMPLES = sorted(path.relative_to(EVENTS).as_posix() for path in EVENTS.glob("*/*.json"))
SOUND = [sample for sample in SAMPLES if not sample.startswith("broken/")]
BROKEN = [sample for sample in SAMPLES if sample.startswith("broken/")]
WITHOUT_SCENE = [
    "cloudtrail/ecs-plain-registered.json",
    "cloudtrail/foreign-rule-disabled.json",
    "cloudtrail/iam-key-for-oneself.json",
    "cloudtrail/iam-readonly-attached.json",
    "cloudtrail/imds-v2-required.json",
    "cloudtrail/kms-policy-private.json",
    "cloudtrail/rds-made-private.json",
    "cloudtrail/redis-node-type-changed.json",
    "cloudtrail/root-api-call.json",
    "cloudtrail/root-by-service.json",
    "cloudtrail/root-console-login.json",
    "cloudtrail/s3-account-block-on.json",
    "cloudtrail/secret-policy-private.json",
    "cloudtrail/snapshot-unshared.json",
    "cloudtrail/sqs-policy-private.json",
    "cloudtrail/unauthorized-call.json",
    "config/default-group-compliant.json",
    "config/iam-unused-compliant.json",
    "guardduty/ecs-new-binary.json",
    "guardduty/iam-key-discovery.json",
    "guardduty/iam-root-credential-usage.json",
    "guardduty/rds-login-failed-low.json",
    "guardduty/role-discovery.json",
    "guardduty/sample-finding.json",
    "inspector/ecr-image-low-cve.json",
    "schedule/drift-daily.json",
    "schedule/environment-up.json",
    "schedule/report-weekly.json",
    "schedule/sweep.json",
]
ONLY_WITH_MINISTACK = ["cloudtrail/analyzer-deleted.json"]
"""Moto alone, as here, cannot play them: it does not know the service."""


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in SCENES])
def test_each_pattern_stands_for_a_committed_sample(pattern: str) -> None:
    """A scene that no sample asks for would be dead."""
    assert any(Path(sample).match(pattern) for sample in SAMPLES)


@pytest.mark.parametrize("sample", sorted({*SOUND} - {*ONLY_WITH_MINISTACK}))
def test_a_sample_has_a_scene_or_is_known_to_need_none(play: Play, sample: str) -> None:
    """With a scene something real is named; without one the description says so."""
    scene = play(sample)

    assert bool(scene.resources) != (sample in WITHOUT_SCENE)
    assert scene.description.startswith("nothing to put in place") == (sample in WITHOUT_SCENE)
    assert not scene.already_heard


@pytest.mark.parametrize(
    "sample",
    [
        "cloudtrail/sg-open-ssh.json",
        "cloudtrail/s3-bucket-policy-public.json",
        "guardduty/ec2-crypto-mining.json",
        "cloudwatch/alarm-via-sns.json",
    ],
)
def test_nothing_piles_up(session: boto3.Session, play: Play, sample: str) -> None:
    """Preparing a sample again reuses what the first time made."""

    def count() -> tuple[int, ...]:
        ec2 = session.client("ec2")
        return (
            len(ec2.describe_security_groups()["SecurityGroups"]),
            len(ec2.describe_instances()["Reservations"]),
            len(session.client("s3").list_buckets()["Buckets"]),
        )

    first = play(sample)
    before = count()

    second = play(sample)

    assert count() == before
    assert second.resources == first.resources
    assert second.event != first.event


@pytest.mark.parametrize("sample", [sample for sample in BROKEN if not sample.endswith("huge-text.json")])
def test_a_broken_sample_keeps_each_flaw(play: Play, load: Callable[[str], Event], sample: str) -> None:
    """Only its envelope id is new."""
    committed = load(sample)

    sent = play(sample).event

    assert sent == committed | {"id": sent["id"]}
    assert sent["id"] != committed["id"]


def test_the_huge_sample_is_sent_huge(play: Play) -> None:
    """It is small in the repository and about 250 KB on the bus."""
    assert len(str(play("broken/huge-text.json").event)) > 240_000


def test_the_foreign_account_stays_foreign(play: Play) -> None:
    """Otherwise it would be our own."""
    assert play("broken/foreign-account.json").event["account"] == "111122223333"


def test_an_unknown_sample_is_refreshed_and_sent(session: boto3.Session, load: Callable[[str], Event]) -> None:
    """A file of one's own needs no scene."""
    event = load("cloudtrail/root-api-call.json")

    scene = prepare(Path("/elsewhere/mine.json"), event, session)

    age = datetime.now(UTC) - datetime.fromisoformat(scene.event["time"])
    assert age < timedelta(minutes=1)
    assert scene.resources == ()


def test_nothing_is_prepared_in_another_account(
    session: boto3.Session, load: Callable[[str], Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real account is left alone before the first change."""
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "123456789012")

    with pytest.raises(NotEmulatedError):
        prepare(EVENTS / "cloudtrail/sg-open-ssh.json", load("cloudtrail/sg-open-ssh.json"), session)

    groups = session.client("ec2").describe_security_groups()["SecurityGroups"]
    assert [group["GroupName"] for group in groups] == ["default"]
