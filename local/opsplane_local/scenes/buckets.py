"""Scenes with buckets: readable by everyone, by policy, by ACL, or because nothing blocks it any more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from opsplane_local.scenes.envelopes import LOCAL_REGION, substitute
from opsplane_local.scenes.networks import ENVIRONMENT, SAMPLE_TAG
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import PublicAccessBlockConfigurationTypeDef

    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

EVERYONE: Final = "http://acs.amazonaws.com/groups/global/AllUsers"
_ALL_BLOCKED: Final[PublicAccessBlockConfigurationTypeDef] = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": True,
    "RestrictPublicBuckets": True,
}


def publish_by_policy(stage: Stage, name: str, event: Event) -> Scene:
    """Give a bucket the public policy of the sample's PutBucketPolicy."""
    bucket = ensure_bucket(stage, name)
    filled = substitute(event, {event["detail"]["requestParameters"]["bucketName"]: bucket})
    _put_policy(stage, bucket, filled["detail"]["requestParameters"]["bucketPolicy"])
    return Scene(filled, f"bucket {bucket} now readable by everyone through its policy", (bucket,))


def publish_by_acl(stage: Stage, name: str, event: Event) -> Scene:
    """Give a bucket the public ACL of the sample's PutBucketAcl."""
    request = event["detail"]["requestParameters"]
    bucket = ensure_bucket(stage, name)
    owner = stage.s3.get_bucket_acl(Bucket=bucket)["Owner"]["ID"]
    stage.s3.put_bucket_ownership_controls(
        Bucket=bucket, OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    )
    stage.s3.put_bucket_acl(
        Bucket=bucket,
        AccessControlPolicy={
            "Owner": {"ID": owner},
            "Grants": [
                {"Grantee": {"Type": "CanonicalUser", "ID": owner}, "Permission": "FULL_CONTROL"},
                {"Grantee": {"Type": "Group", "URI": EVERYONE}, "Permission": "READ"},
            ],
        },
    )
    said_owner = request["AccessControlPolicy"]["Owner"]["ID"]
    filled = substitute(event, {request["bucketName"]: bucket, said_owner: owner})
    return Scene(filled, f"bucket {bucket} now readable by everyone through its ACL", (bucket,))


def remove_block(stage: Stage, name: str, event: Event) -> Scene:
    """Take away the block that kept a bucket with a public policy private."""
    bucket = ensure_bucket(stage, name)
    _put_policy(stage, bucket, _public_policy(bucket))
    stage.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=_ALL_BLOCKED)
    stage.s3.delete_public_access_block(Bucket=bucket)
    filled = substitute(event, {event["detail"]["requestParameters"]["bucketName"]: bucket})
    return Scene(filled, f"bucket {bucket} without its public access block, which held back a public policy", (bucket,))


def break_compliance(stage: Stage, name: str, event: Event) -> Scene:
    """Have the bucket that Config's rule finds readable by everyone."""
    return _publish(stage, name, event, event["detail"]["resourceId"])


def publish_found_bucket(stage: Stage, name: str, event: Event) -> Scene:
    """Have the public bucket of a GuardDuty finding."""
    return _publish(stage, name, event, event["detail"]["resource"]["s3BucketDetails"][0]["name"])


def publish_analyzed_bucket(stage: Stage, name: str, event: Event) -> Scene:
    """Have the public bucket of an Access Analyzer finding."""
    return _publish(stage, name, event, event["detail"]["resource"].removeprefix("arn:aws:s3:::"))


def ensure_bucket(stage: Stage, name: str) -> str:
    """Return the name of the bucket for the sample `name`, made when it is not there, with nothing blocking it."""
    bucket = f"opsplane-sample-{name}-{stage.account}"
    if not _is_there(stage, bucket):
        if stage.region == LOCAL_REGION:
            stage.s3.create_bucket(Bucket=bucket)
        else:
            place: Any = {"LocationConstraint": stage.region}
            stage.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=place)
        tags = {"Environment": ENVIRONMENT, SAMPLE_TAG: name}
        stage.s3.put_bucket_tagging(
            Bucket=bucket, Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}
        )
    stage.s3.delete_public_access_block(Bucket=bucket)
    return bucket


def _publish(stage: Stage, name: str, event: Event, said: str) -> Scene:
    bucket = ensure_bucket(stage, name)
    _put_policy(stage, bucket, _public_policy(bucket))
    filled = substitute(event, {said: bucket})
    return Scene(filled, f"bucket {bucket} now readable by everyone through its policy", (bucket,))


def _put_policy(stage: Stage, bucket: str, policy: dict[str, Any]) -> None:
    stage.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def _public_policy(bucket: str) -> dict[str, Any]:
    statement = {
        "Sid": "PublicRead",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def _is_there(stage: Stage, bucket: str) -> bool:
    try:
        stage.s3.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:  # noqa: PLR2004 (the status says it best)
            return False
        raise
    return True
