"""S3: who may reach a bucket."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_BUCKET = re.compile(r"[a-z0-9A-Z][a-z0-9A-Z._-]{2,62}")

_PARTS = {
    "PutBucketPolicy": "policy",
    "PutBucketAcl": "acl",
    "PutBucketPublicAccessBlock": "public access block",
    "DeleteBucketPublicAccessBlock": "public access block",
}


def read_exposure(record: Record) -> tuple[Heard, ...]:
    """A call that can expose a bucket, and the part of the bucket that it changed."""
    bucket = checked(record, record.text("bucketName"), _BUCKET, "AWS::S3::Bucket")
    facts = {"targets": [_PARTS[record.call]]}
    return (Heard(kind=Kind.BUCKET_EXPOSURE, type="AWS::S3::Bucket", id=bucket, facts=facts),)


CALLS: Mapping[str, Reader] = dict.fromkeys(_PARTS, read_exposure)
