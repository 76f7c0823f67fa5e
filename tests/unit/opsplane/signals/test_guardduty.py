"""GuardDuty findings, in the camelCase that EventBridge sends."""

from typing import Any

import pytest
from builders import envelope, guardduty, signal
from opsplane import signals
from opsplane.errors import UnhandledEvent
from opsplane.signals.guardduty import severity
from opsplane.signals.signal import Severity


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (0, Severity.INFO),
        (1, Severity.LOW),
        (3.9, Severity.LOW),
        (4, Severity.MEDIUM),
        (6.9, Severity.MEDIUM),
        (7, Severity.HIGH),
        (8.9, Severity.HIGH),
        (9, Severity.CRITICAL),
        (10, Severity.CRITICAL),
    ],
)
def test_scores_become_levels(score: float, level: Severity) -> None:
    """GuardDuty's own bands."""
    assert severity(score) is level


@pytest.mark.parametrize(
    ("resource", "kind", "name"),
    [
        ({"instanceDetails": {"instanceId": "i-1"}}, "AWS::EC2::Instance", "i-1"),
        ({"s3BucketDetails": [{"name": "b-1"}, {"name": "b-2"}]}, "AWS::S3::Bucket", "b-1"),
        ({"ecsClusterDetails": {"arn": "arn:c"}}, "AWS::ECS::Cluster", "arn:c"),
        ({"rdsDbInstanceDetails": {"dbInstanceIdentifier": "db-1"}}, "AWS::RDS::DBInstance", "db-1"),
        ({"lambdaDetails": {"functionName": "f-1"}}, "AWS::Lambda::Function", "f-1"),
        ({"eksClusterDetails": {"name": "k-1"}}, "AWS::EKS::Cluster", "k-1"),
        ({"accessKeyDetails": {"userName": "alice"}}, "AWS::IAM::User", "alice"),
        ({"s3BucketDetails": [], "accessKeyDetails": {"userName": "alice"}}, "AWS::IAM::User", "alice"),
        ({"instanceDetails": None}, "AWS::::Account", "000000000000"),
        ({"instanceDetails": {"instanceId": ""}}, "AWS::::Account", "000000000000"),
        ({"instanceDetails": "i-1"}, "AWS::::Account", "000000000000"),
        ({}, "AWS::::Account", "000000000000"),
    ],
)
def test_the_resource_is_found_wherever_its_type_keeps_it(resource: dict[str, Any], kind: str, name: str) -> None:
    """A finding without a known resource is about the account."""
    found = signal(guardduty(resource=resource)).resource

    assert (found.type, found.id) == (kind, name)


def test_repeats_of_a_finding_share_their_item() -> None:
    """GuardDuty sends a finding again with a higher count every few hours."""
    first, again = (signal(guardduty(id=f"event-{number}", service={"count": number})) for number in (1, 2))

    assert first.dedupe_key == again.dedupe_key
    assert first.id != again.id


@pytest.mark.parametrize(
    ("service", "reason"),
    [
        ({"archived": True}, "the finding is archived in GuardDuty"),
        ({"additionalInfo": {"sample": True}}, "a sample finding of GuardDuty"),
        ({"additionalInfo": {"value": '{"sample":true}', "type": "default"}}, "a sample finding of GuardDuty"),
        ({"additionalInfo": {"value": '{"portsScannedSample":[22]}', "type": "default"}}, None),
        ({"additionalInfo": None}, None),
        ({}, None),
    ],
)
def test_archived_and_sample_findings_are_dismissed(service: dict[str, Any], reason: str | None) -> None:
    """Nobody is woken by what somebody put away, or made for a try."""
    assert signal(guardduty(service=service)).dismissal == reason


def test_the_environment_is_the_resources_tag() -> None:
    """Tags that are no tags are passed over."""
    tags = [None, {"key": "Name", "value": "x"}, {"key": "Environment", "value": "prod"}]

    assert signal(guardduty(resource={"instanceDetails": {"instanceId": "i-1", "tags": tags}})).environment == "prod"
    assert signal(guardduty(resource={"instanceDetails": {"instanceId": "i-1", "tags": "prod"}})).environment is None


def test_the_shape_of_the_api_is_refused_rather_than_read_as_empty() -> None:
    """PascalCase never comes this way; peers that read it answered with success and did nothing."""
    detail = {"Id": "f-1", "Type": "Recon:EC2/Portscan", "Severity": 8, "AccountId": "000000000000"}

    with pytest.raises(UnhandledEvent, match="GuardDuty finding has the wrong shape: id: Field required"):
        signals.parse(envelope("aws.guardduty", "GuardDuty Finding", detail), "000000000000")


@pytest.mark.parametrize("score", [-1, 11, "high", None, float("nan"), float("inf")])
def test_a_score_off_the_scale_is_refused(score: Any) -> None:
    """Nothing is guessed about how bad it is."""
    with pytest.raises(UnhandledEvent, match="severity"):
        signals.parse(guardduty(score), "000000000000")


def test_a_finding_without_a_title_is_named_by_its_type() -> None:
    """People still read what and where."""
    assert signal(guardduty(title="")).title == "Execution:Runtime/NewBinaryExecuted on i-0123456789abcdef0"
