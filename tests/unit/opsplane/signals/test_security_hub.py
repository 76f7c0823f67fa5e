"""Security Hub findings in ASFF."""

from typing import Any

import pytest
from builders import finding, security_hub, signal
from cloud import ACCOUNT, GROUP
from opsplane import signals
from opsplane.errors import UnhandledEvent
from opsplane.signals.signal import Kind, Severity


@pytest.mark.parametrize(
    ("control", "kind"),
    [
        ("EC2.13", Kind.SECURITY_GROUP_INGRESS),
        ("EC2.14", Kind.SECURITY_GROUP_INGRESS),
        ("EC2.18", Kind.SECURITY_GROUP_INGRESS),
        ("EC2.19", Kind.SECURITY_GROUP_INGRESS),
        ("S3.2", Kind.BUCKET_EXPOSURE),
        ("S3.3", Kind.BUCKET_EXPOSURE),
        ("S3.8", Kind.BUCKET_EXPOSURE),
        ("IAM.99", Kind.FINDING),
        ("", Kind.FINDING),
    ],
)
def test_the_control_says_what_it_is_about(control: str, kind: Kind) -> None:
    """Controls that no playbook treats are findings."""
    assert signal(security_hub(finding(control))).kind is kind


def test_the_resource_is_taken_out_of_its_arn() -> None:
    """The group and the bucket are named as the API wants them."""
    bucket = finding("S3.8", Resources=[{"Type": "AwsS3Bucket", "Id": "arn:aws:s3:::reports"}])

    group, shared = signals.parse(security_hub(finding(), bucket), ACCOUNT)

    assert (group.resource.type, group.resource.id) == ("AWS::EC2::SecurityGroup", GROUP)
    assert (shared.resource.type, shared.resource.id) == ("AWS::S3::Bucket", "reports")


def test_every_resource_of_every_finding_is_a_signal() -> None:
    """Peers read the first one only."""
    two = finding(Resources=[{"Type": "AwsEc2SecurityGroup", "Id": f"sg-{letter * 8}"} for letter in "ab"])

    found = signals.parse(security_hub(two, finding()), ACCOUNT)

    assert [each.resource.id for each in found] == ["sg-aaaaaaaa", "sg-bbbbbbbb", GROUP]
    assert len({each.id for each in found}) == 3


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"RecordState": "ARCHIVED"}, "the finding is archived in Security Hub"),
        ({"Workflow": {"Status": "SUPPRESSED"}}, "the finding is suppressed in Security Hub"),
        ({"Workflow": {"Status": "RESOLVED"}}, "the finding is resolved in Security Hub"),
        ({"Compliance": {"Status": "PASSED"}}, "the control passes: back to compliant"),
        ({"Workflow": {"Status": "NOTIFIED"}}, None),
        ({}, None),
    ],
)
def test_what_somebody_put_away_is_dismissed(change: dict[str, Any], reason: str | None) -> None:
    """Archived, suppressed, resolved and passed findings ask for nothing."""
    assert signal(security_hub(finding(**change))).dismissal == reason


@pytest.mark.parametrize(
    ("label", "level"),
    [("INFORMATIONAL", Severity.INFO), ("LOW", Severity.LOW), ("CRITICAL", Severity.CRITICAL), ("?", Severity.MEDIUM)],
)
def test_labels_become_levels(label: str, level: Severity) -> None:
    """A label that nobody knows is medium."""
    assert signal(security_hub(finding(Severity={"Label": label}))).severity is level


@pytest.mark.parametrize("findings", [[], [{}], [finding(Resources=[])], [finding()] * 101, ["text"]])
def test_an_event_without_findings_to_read_is_refused(findings: list[Any]) -> None:
    """No finding, no resource, or more than AWS sends."""
    event = security_hub()
    event["detail"] = {"findings": findings}

    with pytest.raises(UnhandledEvent, match="Security Hub event has the wrong shape"):
        signals.parse(event, ACCOUNT)


def test_the_environment_is_the_resources_tag() -> None:
    """ASFF carries tags as an object."""
    tagged = [{"Type": "AwsEc2SecurityGroup", "Id": GROUP, "Tags": {"Environment": "prod"}}]

    assert signal(security_hub(finding(Resources=tagged))).environment == "prod"


def test_a_trail_goes_by_its_name_as_calls_name_it() -> None:
    """Else what was remembered of it would not be found."""
    arn = "arn:aws:cloudtrail:us-east-1:000000000000:trail/main"
    found = finding("CloudTrail.4", Resources=[{"Type": "AwsCloudTrailTrail", "Id": arn}])

    assert signal(security_hub(found)).resource.id == "main"
