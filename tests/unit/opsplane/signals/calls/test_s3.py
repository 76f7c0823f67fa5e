"""S3's calls."""

import pytest
from opsplane.signals.calls.heard import Record
from opsplane.signals.calls.s3 import CALLS


@pytest.mark.parametrize(
    ("call", "part"),
    [
        ("PutBucketPolicy", "policy"),
        ("PutBucketAcl", "acl"),
        ("PutBucketPublicAccessBlock", "public access block"),
        ("DeleteBucketPublicAccessBlock", "public access block"),
    ],
)
def test_a_call_names_the_part_that_it_touched(call: str, part: str) -> None:
    """In the very words of the playbook's targets."""
    record = Record(
        call=call,
        service="s3",
        account="000000000000",
        region="us-east-1",
        request={"bucketName": "reports-archive"},
        response={},
    )

    [heard] = CALLS[call](record)

    assert (heard.id, heard.facts["targets"]) == ("reports-archive", [part])
