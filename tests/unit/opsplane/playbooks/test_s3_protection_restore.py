"""What protects a bucket's objects."""

from datetime import UTC, datetime
from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import Answers, calls, plan, playbook, subject

AES = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
KMS = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "key-1"}}]}
SAFE = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}]}


def keyed(account: str) -> dict[str, Any]:
    """Encrypted with a key of an account."""
    key = f"arn:aws:kms:us-east-1:{account}:key/1"
    return {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}]}


OWN, STRANGE = keyed("000000000000"), keyed("666666666666")
KEEP = {"Rules": [{"ID": "r", "Status": "Enabled", "Expiration": {"Days": 365}}]}
COPY = {"Role": "arn", "Rules": [{"ID": "r", "Status": "Enabled"}]}
PAUSED = {"Role": "arn", "Rules": [{"ID": "r", "Status": "Disabled"}]}
LOSE = {"Rules": [{"ID": "r", "Status": "Enabled", "Expiration": {"Days": 1}}]}
DATED = {"Rules": [{"ID": "r", "Status": "Enabled", "Expiration": {"Date": "2020-01-01T00:00:00+00:00"}}]}
LATE = {"Rules": [{"ID": "r", "Status": "Enabled", "Expiration": {"Date": "2199-01-01T00:00:00+00:00"}}]}
LOGGING = {"TargetBucket": "logs", "TargetPrefix": ""}


def bucket(*targets: str) -> Subject:
    """The bucket, and what the call touched."""
    return subject("AWS::S3::Bucket", "b", targets=list(targets))


@pytest.mark.parametrize(
    ("target", "state", "former", "after"),
    [
        ("versioning", "Suspended", None, "Enabled"),
        ("versioning", None, None, "Enabled"),
        ("encryption", AES, KMS, KMS),
        ("access logging", None, LOGGING, LOGGING),
        ("lifecycle", LOSE, KEEP, KEEP),
        ("lifecycle", DATED, KEEP, KEEP),
        ("encryption", STRANGE, KMS, KMS),
        ("encryption", STRANGE, None, SAFE),
        ("replication", None, COPY, COPY),
        ("replication", PAUSED, COPY, COPY),
    ],
)
def test_what_was_weakened_comes_back(target: str, state: Any, former: Any, after: Any) -> None:
    """As it was, or as is safe for any bucket."""
    found = Observation(state={target: state} if state else {}, former={target: former} if former else {})

    [step] = plan("s3-protection-restore", bucket(target), found)

    assert (step.target, step.before, step.after) == (target, state, after)


@pytest.mark.parametrize(
    ("target", "state", "former"),
    [
        ("versioning", "Enabled", None),
        ("encryption", AES, None),
        ("encryption", AES, AES),
        ("access logging", None, None),
        ("lifecycle", LOSE, None),
        ("lifecycle", KEEP, None),
        ("lifecycle", LATE, None),
        ("encryption", OWN, KMS),
        ("encryption", STRANGE, STRANGE),
        ("replication", None, None),
    ],
)
def test_what_is_in_order_or_was_never_known_is_left(target: str, state: Any, former: Any) -> None:
    """Nobody knows where logs should go, or how long objects should live."""
    found = Observation(state={target: state} if state else {}, former={target: former} if former else {})

    assert plan("s3-protection-restore", bucket(target), found) == ()


def test_what_is_in_order_is_remembered_and_what_is_not_is_not() -> None:
    """A weakened setting does not become the model."""
    remember = playbook("s3-protection-restore").remember
    assert remember is not None
    found = Observation(state={"versioning": "Suspended", "encryption": AES}, former={"encryption": KMS})

    assert remember(found, {}) == {"encryption": KMS}
    assert remember(Observation(state={"encryption": KMS}), {}) == {"encryption": KMS}


def observe(**answers: Any) -> Observation:
    """What the playbook sees of a bucket of which S3 tells this."""
    told = {"head_bucket": {}, "get_bucket_versioning": {}, **answers}
    return playbook("s3-protection-restore").observe(Answers(**told), bucket())


def test_a_lifecycle_with_a_date_can_be_looked_at_and_put_back() -> None:
    """boto3 tells dates as objects; S3 takes them back as texts."""
    dated = {"ID": "r", "Status": "Enabled", "Expiration": {"Date": datetime(2199, 1, 1, tzinfo=UTC)}}
    smallest = "varies_by_storage_class"

    found = observe(
        get_bucket_lifecycle_configuration={"Rules": [dated], "TransitionDefaultMinimumObjectSize": smallest}
    )

    known = found.state["lifecycle"]
    assert known == {**LATE, "TransitionDefaultMinimumObjectSize": smallest}
    [step] = plan("s3-protection-restore", bucket(), Observation(former={"lifecycle": known}))
    parameters = step.apply[0].parameters
    assert parameters["LifecycleConfiguration"] == LATE
    assert parameters["TransitionDefaultMinimumObjectSize"] == smallest
    assert calls((step,), "undo") == ["delete_bucket_lifecycle"]


def test_a_bucket_that_never_had_versions_counts_as_suspended() -> None:
    """S3 cannot take versioning away again, so that an undo can only suspend it."""
    found = observe()

    [step] = plan("s3-protection-restore", bucket("versioning"), found)

    assert (found.state["versioning"], step.before) == ("Suspended", "Suspended")


@pytest.mark.parametrize(
    ("facts", "targets"),
    [
        ({"control": "S3.14"}, ["versioning"]),
        ({"control": "S3.9"}, []),
        ({"rule": "securityhub-s3-bucket-versioning-enabled-1a2b"}, ["versioning"]),
        ({"type": "Stealth:S3/ServerAccessLoggingDisabled"}, []),
        ({}, ["versioning", "encryption"]),
    ],
)
def test_a_finding_about_one_protection_changes_no_other(facts: dict[str, str], targets: list[str]) -> None:
    """A bucket without access logs is not given versions that nobody asked for."""
    about = subject("AWS::S3::Bucket", "b", **facts)

    steps = plan("s3-protection-restore", about, Observation(state={"versioning": "Suspended"}))

    assert [step.target for step in steps] == targets
