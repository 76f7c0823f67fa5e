"""Case files in S3."""

import hashlib
import json

import pytest
from inprocess import Account
from opsplane.adapters.aws.case_bucket import S3CaseFiles
from opsplane.errors import PermanentError, ResourceNotFound


def test_a_case_file_can_be_checked_against_its_digest(aws: Account) -> None:
    """Whoever reads it later computes the same number."""
    aws.client("s3").create_bucket(Bucket="cases")

    kept = S3CaseFiles("cases").keep("7f3k2m9qxd.1", {"observed": {"name": "é"}})

    body = aws.client("s3").get_object(Bucket="cases", Key="cases/7f3k2m9qxd.1.json")["Body"].read()
    assert kept.place == "s3://cases/cases/7f3k2m9qxd.1.json"
    assert (hashlib.sha256(body).hexdigest(), len(body)) == (kept.sha256, kept.size)
    assert json.loads(body) == {"observed": {"name": "é"}}


def test_without_a_bucket_nothing_can_be_kept(aws: Account) -> None:
    """Then the containment does not begin."""
    assert aws
    with pytest.raises(PermanentError, match="OPSPLANE_CASE_BUCKET"):
        S3CaseFiles("").keep("a.1", {})
    with pytest.raises(ResourceNotFound):
        S3CaseFiles("not-there").keep("a.1", {})
