"""Which operations change something, and which of those CloudTrail has management events for."""

import pytest
from opsplane_local.gateway.trail.mutability import guessed_operation, is_read_only, is_recorded


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("ec2", "AuthorizeSecurityGroupIngress"),
        ("ec2", "ModifySecurityGroupRules"),
        ("s3", "PutBucketPolicy"),
        ("s3", "DeletePublicAccessBlock"),
        ("iam", "UpdateAssumeRolePolicy"),
        ("lambda", "UpdateFunctionCode"),
        ("logs", "CreateLogGroup"),
        ("events", "DisableRule"),
        ("sqs", "SetQueueAttributes"),
    ],
)
def test_changes_of_the_account_are_recorded(service: str, operation: str) -> None:
    """Management events that change something are what rules listen to."""
    assert is_recorded(service, operation)


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("ec2", "DescribeSecurityGroupRules"),
        ("s3", "HeadBucket"),
        ("secretsmanager", "GetSecretValue"),
        ("s3", "PutObject"),
        ("events", "PutEvents"),
        ("sqs", "SendMessage"),
        ("sqs", "ReceiveMessage"),
        ("dynamodb", "PutItem"),
        ("dynamodb", "Query"),
        ("logs", "PutLogEvents"),
        ("lambda", "Invoke"),
        ("sts", "AssumeRole"),
        ("sns", "Publish"),
        ("kms", "Decrypt"),
        ("monitoring", "PutMetricData"),
    ],
)
def test_reads_and_data_events_are_left_out(service: str, operation: str) -> None:
    """Reads reach no rule by default, data events are no management events."""
    assert not is_recorded(service, operation)


@pytest.mark.parametrize(
    ("request_line", "operation"),
    [
        (("POST", "AmazonEC2ContainerServiceV20141113.UpdateService", "", b"", ""), "UpdateService"),
        (("POST", "", "application/x-www-form-urlencoded", b"Action=StopInstances&Version=1", ""), "StopInstances"),
        (("GET", "", "", b"", "Action=ListUsers"), "ListUsers"),
        (("GET", "", "", b"", ""), "Get"),
        (("HEAD", "", "", b"", ""), "Get"),
        (("PUT", "", "application/xml", b"Action=x", ""), "Do"),
        (("DELETE", "", "", b"", "policy"), "Do"),
    ],
)
def test_operation_shows_without_a_model(request_line: tuple[str, str, str, bytes, str], operation: str) -> None:
    """Target header, form and query name the operation; REST calls show only whether they write."""
    guessed = guessed_operation(*request_line)

    assert operation == guessed


def test_guesses_for_rest_calls_count_as_what_they_are() -> None:
    """The stand-in names fall on the right side."""
    assert is_read_only("Get")
    assert not is_read_only("Do")
