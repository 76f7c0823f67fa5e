"""Scenes with what protects buckets: the account's block, versions, encryption, logs, lifecycle, copies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from opsplane_local.scenes.buckets import ensure_bucket
from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.making import request_of
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

_BLOCK = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")


def open_account(stage: Stage, name: str, event: Event) -> Scene:
    """Switch the account's block off, or take it away."""
    control: Any = stage.client("s3control")
    if name.endswith("deleted"):
        control.delete_public_access_block(AccountId=stage.account)
    else:
        off = dict.fromkeys(_BLOCK, False)
        control.put_public_access_block(AccountId=stage.account, PublicAccessBlockConfiguration=off)
    return Scene(event, f"account {stage.account} no longer blocks public access", (stage.account,))


def keep_block(stage: Stage, name: str, event: Event) -> Scene:
    """Have a bucket whose block is on."""
    bucket = ensure_bucket(stage, name)
    on: Any = dict.fromkeys(_BLOCK, True)
    stage.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=on)
    return Scene(substitute(event, {request_of(event)["bucketName"]: bucket}), f"bucket {bucket}, closed", (bucket,))


def set_versioning(stage: Stage, name: str, event: Event) -> Scene:
    """Suspend or enable a bucket's versions, as the sample says."""
    bucket = ensure_bucket(stage, name)
    stage.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    status: Any = request_of(event)["VersioningConfiguration"]["Status"]
    stage.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": status})
    filled = substitute(event, {request_of(event)["bucketName"]: bucket})
    return Scene(filled, f"bucket {bucket}, versioning {status}", (bucket,))


def drop_encryption(stage: Stage, name: str, event: Event) -> Scene:
    """Have a bucket that is encrypted with a key of KMS, and then without a setting for encryption."""
    bucket = ensure_bucket(stage, name)
    default: Any = {"SSEAlgorithm": "aws:kms"}
    rules: Any = [{"ApplyServerSideEncryptionByDefault": default, "BucketKeyEnabled": True}]
    stage.s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": rules})

    def drop() -> None:
        stage.s3.delete_bucket_encryption(Bucket=bucket)

    filled = substitute(event, {request_of(event)["bucketName"]: bucket})
    return Scene(filled, f"bucket {bucket} without its setting for encryption", (bucket,), then=drop)


def stop_logging(stage: Stage, name: str, event: Event) -> Scene:
    """Have a bucket that logs, and then does no more."""
    bucket, logs = ensure_bucket(stage, name), ensure_bucket(stage, f"{name}-to")
    enabled: Any = {"LoggingEnabled": {"TargetBucket": logs, "TargetPrefix": "access/"}}
    _let_log(stage, logs)
    stage.s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=enabled)
    filled = substitute(event, {request_of(event)["bucketName"]: bucket})
    return Scene(
        filled,
        f"bucket {bucket}, which logged to {logs}, logs no more",
        (bucket,),
        then=lambda: stage.s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={}) and None,
    )


def _let_log(stage: Stage, logs: str) -> None:
    """Let S3 deliver logs into a bucket; where a policy does, no ACL is needed."""
    grantee: Any = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
    owner = stage.s3.get_bucket_acl(Bucket=logs)["Owner"]
    grants: Any = [{"Grantee": grantee, "Permission": each} for each in ("WRITE", "READ_ACP")]
    stage.s3.put_bucket_ownership_controls(
        Bucket=logs, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    stage.s3.put_bucket_acl(Bucket=logs, AccessControlPolicy={"Owner": {"ID": owner["ID"]}, "Grants": grants})


def shorten_lifecycle(stage: Stage, name: str, event: Event) -> Scene:
    """Have a bucket whose objects expire after a year, and then after a day."""
    bucket = ensure_bucket(stage, name)

    def expire(days: int) -> None:
        rule: Any = {"ID": "tidy", "Filter": {"Prefix": ""}, "Status": "Enabled", "Expiration": {"Days": days}}
        stage.s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [rule]})

    expire(365)
    filled = substitute(event, {request_of(event)["bucketName"]: bucket})
    return Scene(filled, f"bucket {bucket}, whose objects expire after a day", (bucket,), then=lambda: expire(1))


def stop_replication(stage: Stage, name: str, event: Event) -> Scene:
    """Have a bucket whose objects are copied to another one, and then are no more."""
    bucket, copies = ensure_bucket(stage, name), ensure_bucket(stage, f"{name}-to")
    for each in (bucket, copies):
        stage.s3.put_bucket_versioning(Bucket=each, VersioningConfiguration={"Status": "Enabled"})
    rule: Any = {"ID": "copy", "Status": "Enabled", "Prefix": "", "Destination": {"Bucket": f"arn:aws:s3:::{copies}"}}
    copying: Any = {"Role": f"arn:aws:iam::{stage.account}:role/replication", "Rules": [rule]}
    stage.s3.put_bucket_replication(Bucket=bucket, ReplicationConfiguration=copying)

    def stop() -> None:
        stage.s3.delete_bucket_replication(Bucket=bucket)

    filled = substitute(event, {request_of(event)["bucketName"]: bucket})
    return Scene(filled, f"bucket {bucket}, whose objects are copied no more", (bucket,), then=stop)
