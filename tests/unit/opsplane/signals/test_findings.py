"""Findings of IAM Access Analyzer and Amazon Inspector."""

from typing import Any

import pytest
from builders import envelope, signal
from cloud import ACCOUNT, BUCKET
from opsplane.signals.signal import Kind, Severity


def access(**changes: Any) -> dict[str, Any]:
    """An external access finding."""
    detail = {
        "id": "finding-1",
        "accountId": ACCOUNT,
        "status": "ACTIVE",
        "resource": f"arn:aws:s3:::{BUCKET}",
        "resourceType": "AWS::S3::Bucket",
        "isPublic": True,
    }
    return envelope("aws.access-analyzer", "Access Analyzer Finding", {**detail, **changes})


def inspected(**changes: Any) -> dict[str, Any]:
    """An Inspector finding."""
    detail = {
        "findingArn": f"arn:aws:inspector2:us-east-1:{ACCOUNT}:finding/1",
        "awsAccountId": ACCOUNT,
        "severity": "CRITICAL",
        "status": "ACTIVE",
        "title": "CVE-2026-0001 - openssl",
        "resources": [{"id": "i-1", "type": "AWS_EC2_INSTANCE"}],
    }
    return envelope("aws.inspector2", "Inspector2 Finding", {**detail, **changes})


def test_a_bucket_that_everybody_can_reach_is_an_exposure() -> None:
    """It shares its item with the CloudTrail event that led to it."""
    found = signal(access())

    assert (found.kind, found.resource.id) == (Kind.BUCKET_EXPOSURE, BUCKET)
    assert found.dedupe_key == f"bucket-exposure:{ACCOUNT}:us-east-1:{BUCKET}"


@pytest.mark.parametrize("change", [{"isPublic": False}, {"resourceType": "AWS::IAM::Role"}])
def test_other_external_access_is_a_finding(change: dict[str, Any]) -> None:
    """Access of a named partner, or to something else, is for people to judge."""
    assert signal(access(**change)).kind is Kind.FINDING


@pytest.mark.parametrize("status", ["ARCHIVED", "RESOLVED"])
def test_access_that_is_not_active_any_more_is_dismissed(status: str) -> None:
    """The analyzer says so itself."""
    assert signal(access(status=status)).dismissal == f"the finding is {status.lower()}"


@pytest.mark.parametrize(
    ("label", "level"),
    [("CRITICAL", Severity.CRITICAL), ("LOW", Severity.LOW), ("UNTRIAGED", Severity.MEDIUM), ("info", Severity.INFO)],
)
def test_inspectors_severities_become_levels(label: str, level: Severity) -> None:
    """One that nobody knows is medium."""
    assert signal(inspected(severity=label)).severity is level


def test_two_vulnerabilities_of_one_instance_are_two_items() -> None:
    """The finding's ARN belongs to the key."""
    keys = {
        signal(inspected(findingArn=f"arn:aws:inspector2:us-east-1:{ACCOUNT}:finding/{number}")).dedupe_key
        for number in range(2)
    }

    assert len(keys) == 2


def test_a_closed_vulnerability_is_dismissed() -> None:
    """A patched package asks for nothing."""
    assert signal(inspected(status="CLOSED")).dismissal == "the finding is closed"
