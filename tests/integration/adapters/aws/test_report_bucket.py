"""Reports in S3."""

import pytest
from inprocess import Account
from opsplane.adapters.aws.report_bucket import S3ReportShelf
from opsplane.errors import ResourceNotFound


def test_a_report_is_kept_with_its_type(aws: Account) -> None:
    """So that a browser shows it."""
    aws.client("s3").create_bucket(Bucket="posture")
    shelf = S3ReportShelf("posture")

    shelf.put("reports/2026/W47.md", "# Häufigkeit", "text/markdown; charset=utf-8")

    kept = aws.client("s3").get_object(Bucket="posture", Key="reports/2026/W47.md")
    assert kept["Body"].read().decode() == "# Häufigkeit"
    assert (kept["ContentType"], shelf.place) == ("text/markdown; charset=utf-8", "s3://posture")


def test_a_bucket_that_is_not_there_is_named(aws: Account) -> None:  # noqa: ARG001 - an empty account
    """The message says what was attempted."""
    with pytest.raises(ResourceNotFound, match=r"write report s3://nowhere/k: NoSuchBucket"):
        S3ReportShelf("nowhere").put("k", "text", "text/plain")
