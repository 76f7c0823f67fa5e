"""What protects a bucket's objects."""

from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import plan, playbook, subject

AES = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
KMS = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "key-1"}}]}
KEEP = {"Rules": [{"ID": "r", "Status": "Enabled", "Expiration": {"Days": 365}}]}
LOSE = {"Rules": [{"ID": "r", "Status": "Enabled", "Expiration": {"Days": 1}}]}
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
