"""Bucket calls as CloudTrail writes them."""

import json
from collections.abc import Callable

from opsplane_local.gateway.call import Request
from opsplane_local.gateway.trail.s3_shapes import s3_request

NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
HOST = "b.s3.us-east-1.amazonaws.com"


def test_bucket_policy_is_an_object(write: Callable[..., Request]) -> None:
    """The policy is parsed, and the sub-resource is there with an empty value."""
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}]}

    parameters = s3_request(write("s3", "put_bucket_policy", Bucket="b", Policy=json.dumps(policy)), "b", "us-east-1")

    assert parameters == {"bucketName": "b", "bucketPolicy": policy, "Host": HOST, "policy": ""}


def test_policy_that_is_no_json_is_kept_as_text(write: Callable[..., Request]) -> None:
    """A refused call is recorded too."""
    parameters = s3_request(write("s3", "put_bucket_policy", Bucket="b", Policy="{no"), "b", "us-east-1")

    assert parameters["bucketPolicy"] == "{no"


def test_canned_acl_is_a_header(write: Callable[..., Request]) -> None:
    """A canned ACL comes as x-amz-acl."""
    parameters = s3_request(write("s3", "put_bucket_acl", Bucket="b", ACL="public-read"), "b", "us-east-1")

    assert parameters == {"bucketName": "b", "x-amz-acl": "public-read", "Host": HOST, "acl": ""}


def test_written_acl_is_the_document(write: Callable[..., Request]) -> None:
    """An ACL in the body keeps the form of its XML."""
    everyone = "http://acs.amazonaws.com/groups/global/AllUsers"
    policy = {"Owner": {"ID": "o"}, "Grants": [{"Grantee": {"Type": "Group", "URI": everyone}, "Permission": "READ"}]}

    parameters = s3_request(write("s3", "put_bucket_acl", Bucket="b", AccessControlPolicy=policy), "b", "us-east-1")

    document = parameters["AccessControlPolicy"]
    assert document["Owner"] == {"ID": "o"}
    assert document["AccessControlList"]["Grant"]["Grantee"]["URI"] == everyone
    assert document["AccessControlList"]["Grant"]["Permission"] == "READ"


def test_public_access_block_has_booleans(write: Callable[..., Request]) -> None:
    """Settings come with their namespace and real booleans."""
    settings = {"BlockPublicAcls": False, "BlockPublicPolicy": True}

    request = write("s3", "put_public_access_block", Bucket="b", PublicAccessBlockConfiguration=settings)

    parameters = s3_request(request, "b", "us-east-1")
    assert parameters["PublicAccessBlockConfiguration"] == settings | {"xmlns": NAMESPACE}
    assert parameters["publicAccessBlock"] == ""


def test_deletions_name_bucket_and_sub_resource(write: Callable[..., Request]) -> None:
    """A call without a body still says what it was about."""
    parameters = s3_request(write("s3", "delete_public_access_block", Bucket="b"), "b", "us-east-1")

    assert parameters == {"bucketName": "b", "Host": HOST, "publicAccessBlock": ""}
