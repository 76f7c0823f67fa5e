"""A GuardDuty finding that wakes somebody."""

import pytest
from builders import Deployment, guardduty
from cloud import Cloud
from opsplane.decisions.decision import Outcome
from opsplane.signals.signal import Severity


@pytest.mark.parametrize("score", [7, 8.9, 10])
def test_a_high_finding_is_told_at_once_as_critical(score: float) -> None:
    """Severity 7 and more opens a critical item; nothing in AWS is touched."""
    cloud = Cloud(before=pytest.fail)
    deployment = Deployment(cloud)

    record = deployment.receive(guardduty(score))

    assert record.outcome is Outcome.TELL
    assert deployment.item.severity is Severity.CRITICAL
    assert deployment.notices == ["Attention: EC2 instance is mining"]


@pytest.mark.parametrize("score", [0, 2, 6.9])
def test_a_lesser_finding_disturbs_nobody(score: float) -> None:
    """A server that is probed from outside, as severity 2 with role TARGET, is no reason to isolate it."""
    deployment = Deployment()

    record = deployment.receive(guardduty(score, service={"resourceRole": "TARGET"}))

    assert record.outcome is Outcome.RECORD
    assert deployment.notices == []
