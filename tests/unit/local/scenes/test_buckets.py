"""Scenes with buckets leave a real bucket in the state that the sample describes."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from opsplane_local.scenes import Scene

type Play = Callable[[str], Scene]

ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers"


def policy_of(session: boto3.Session, bucket: str) -> dict[str, Any]:
    """Return the live policy of `bucket`."""
    policy: dict[str, Any] = json.loads(session.client("s3").get_bucket_policy(Bucket=bucket)["Policy"])
    return policy


def bucket_of(scene: Scene) -> str:
    """Return the bucket that the event of `scene` names, wherever its source puts the name."""
    detail = scene.event["detail"]
    match scene.event["source"]:
        case "aws.config":
            return str(detail["resourceId"])
        case "aws.guardduty":
            return str(detail["resource"]["s3BucketDetails"][0]["name"])
        case "aws.access-analyzer":
            return str(detail["resource"]).removeprefix("arn:aws:s3:::")
        case _:
            return str(detail["requestParameters"]["bucketName"])


@pytest.mark.parametrize(
    "sample",
    [
        "cloudtrail/s3-bucket-policy-public.json",
        "cloudtrail/s3-public-access-block-deleted.json",
        "config/s3-public-read-noncompliant.json",
        "guardduty/s3-bucket-public-access-granted.json",
        "accessanalyzer/s3-bucket-public.json",
    ],
)
def test_a_public_policy_is_really_there_and_nothing_blocks_it(session: boto3.Session, play: Play, sample: str) -> None:
    """The bucket of the event lets everyone read its own objects, and has no public access block."""
    scene = play(sample)

    bucket = bucket_of(scene)
    [statement] = policy_of(session, bucket)["Statement"]
    assert statement["Principal"] == "*"
    assert statement["Resource"] == f"arn:aws:s3:::{bucket}/*"
    with pytest.raises(ClientError, match="NoSuchPublicAccessBlockConfiguration"):
        session.client("s3").get_public_access_block(Bucket=bucket)
    assert scene.resources == (bucket,)


def test_a_put_policy_is_the_one_in_the_event(session: boto3.Session, play: Play) -> None:
    """What CloudTrail says was put is what lies on the bucket."""
    scene = play("cloudtrail/s3-bucket-policy-public.json")

    request = scene.event["detail"]["requestParameters"]
    assert policy_of(session, request["bucketName"]) == request["bucketPolicy"]
    assert request["Host"].startswith(request["bucketName"])


def test_a_public_acl_is_really_there(session: boto3.Session, play: Play) -> None:
    """Everyone may read by ACL, the owner keeps control, and the event names the real owner."""
    scene = play("cloudtrail/s3-bucket-acl-public.json")

    live = session.client("s3").get_bucket_acl(Bucket=bucket_of(scene))
    granted = {(grant["Grantee"].get("URI", "owner"), grant["Permission"]) for grant in live["Grants"]}
    assert granted == {(ALL_USERS, "READ"), ("owner", "FULL_CONTROL")}
    said = scene.event["detail"]["requestParameters"]["AccessControlPolicy"]["Owner"]["ID"]
    assert said == live["Owner"]["ID"]


def test_a_repeated_sample_makes_a_repaired_bucket_public_again(session: boto3.Session, play: Play) -> None:
    """After the bucket was made private, the same bucket is public again."""
    s3 = session.client("s3")
    [bucket] = play("cloudtrail/s3-bucket-policy-public.json").resources
    s3.delete_bucket_policy(Bucket=bucket)
    s3.put_public_access_block(
        Bucket=bucket,
        PublicAccessBlockConfiguration={"BlockPublicPolicy": True, "RestrictPublicBuckets": True},
    )

    [again] = play("cloudtrail/s3-bucket-policy-public.json").resources

    assert again == bucket
    assert policy_of(session, bucket)["Statement"][0]["Principal"] == "*"
    with pytest.raises(ClientError, match="NoSuchPublicAccessBlockConfiguration"):
        s3.get_public_access_block(Bucket=bucket)


def test_the_bucket_belongs_to_the_environment(session: boto3.Session, play: Play) -> None:
    """Its tags say dev, which is where policies look."""
    [bucket] = play("cloudtrail/s3-bucket-policy-public.json").resources

    tags = session.client("s3").get_bucket_tagging(Bucket=bucket)["TagSet"]

    assert {"Key": "Environment", "Value": "dev"} in tags
