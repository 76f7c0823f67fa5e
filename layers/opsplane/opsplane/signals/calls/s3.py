"""S3: who may reach a bucket, and what protects its objects."""

import re
from collections.abc import Mapping

from opsplane.exposure.statements import is_public
from opsplane.signals.calls.heard import Heard, Reader, Record, checked, document, statements
from opsplane.signals.signal import Kind

_BUCKET = re.compile(r"[a-z0-9A-Z][a-z0-9A-Z._-]{2,62}")

_BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
_PROTECTIONS = {
    "DeleteBucketEncryption": "encryption",
    "DeleteBucketLifecycle": "lifecycle",
    "DeleteBucketReplication": "replication",
    "PutBucketEncryption": "encryption",
    "PutBucketLifecycle": "lifecycle",
    "PutBucketLogging": "access logging",
    "PutBucketReplication": "replication",
    "PutBucketVersioning": "versioning",
}
_PARTS = {
    "PutBucketPolicy": "policy",
    "PutBucketAcl": "acl",
    "PutBucketPublicAccessBlock": "public access block",
    "DeleteBucketPublicAccessBlock": "public access block",
}


def read_exposure(record: Record) -> tuple[Heard, ...]:
    """A call that can expose a bucket, and the part of the bucket that it changed."""
    facts = {"targets": [_PARTS[record.call]]}
    return (
        Heard(
            kind=Kind.BUCKET_EXPOSURE,
            type="AWS::S3::Bucket",
            id=_bucket(record),
            facts=facts,
            looks_fine=_looks_private(record),
        ),
    )


def _looks_private(record: Record) -> str | None:
    policy = document(record.value("bucketPolicy"))
    if record.call == "PutBucketPolicy" and policy and not any(is_public(each) for each in statements(policy)):
        return "the policy lets in only whom it names"
    if record.call == "PutBucketPublicAccessBlock" and _blocks_all(record):
        return "the call blocks all public access"
    return None


def _blocks_all(record: Record) -> bool:
    found = record.value("PublicAccessBlockConfiguration")
    return isinstance(found, dict) and all(found.get(each) is True for each in _BLOCK)


def read_account_block(record: Record) -> tuple[Heard, ...]:
    """The account's own block; one that switches all four settings on is harmless."""
    harmless = "the call blocks all public access" if _blocks_all(record) else None
    return (Heard(kind=Kind.ACCOUNT_PUBLIC_ACCESS, type="AWS::::Account", id=record.account, harmless=harmless),)


def read_protection(record: Record) -> tuple[Heard, ...]:
    """A call that changes what protects a bucket's objects."""
    fine = record.value("VersioningConfiguration", "Status") == "Enabled"
    return (
        Heard(
            kind=Kind.BUCKET_PROTECTION,
            type="AWS::S3::Bucket",
            id=_bucket(record),
            facts={"targets": [_PROTECTIONS[record.call]]},
            looks_fine="the call keeps versions" if fine else None,
        ),
    )


def _bucket(record: Record) -> str:
    return checked(record, record.text("bucketName"), _BUCKET, "AWS::S3::Bucket")


CALLS: Mapping[str, Reader] = {
    **dict.fromkeys(_PARTS, read_exposure),
    **dict.fromkeys(("DeleteAccountPublicAccessBlock", "PutAccountPublicAccessBlock"), read_account_block),
    **dict.fromkeys(_PROTECTIONS, read_protection),
}
