"""Names that CloudTrail changes."""

import pytest
from opsplane_local.gateway.trail.event_names import event_name, event_source


@pytest.mark.parametrize(
    ("service", "operation", "name"),
    [
        ("ec2", "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupIngress"),
        ("s3", "DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"),
        ("s3", "PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
        ("s3", "PutBucketPolicy", "PutBucketPolicy"),
        ("s3control", "PutPublicAccessBlock", "PutAccountPublicAccessBlock"),
        ("lambda", "AddPermission", "AddPermission20150331v2"),
    ],
)
def test_events_have_cloudtrails_names(service: str, operation: str, name: str) -> None:
    """Lambda's carry the API's date, S3's name the bucket."""
    assert name == event_name(service, operation)


def test_source_is_the_services_address() -> None:
    """The first part is the signing name, with few exceptions."""
    assert [event_source(name) for name in ("ec2", "monitoring", "email")] == [
        "ec2.amazonaws.com",
        "monitoring.amazonaws.com",
        "ses.amazonaws.com",
    ]
