"""The bucket playbook against S3, emulated in process, with all adapters."""

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from builders import bucket_opened
from cloud import BUCKET, EVERYBODY, policy, statement
from inprocess import Account
from opsplane import commands, execution, flow
from opsplane.actions.action import ActionState
from opsplane.decisions.decision import Outcome
from opsplane.records import find_action

PARTNER = statement({"AWS": "arn:aws:iam::999999999999:root"}, Sid="Partner")


def make(aws: Account, *statements: dict[str, Any], acl: str = "private", **tags: str) -> None:
    """A bucket with a policy and a canned ACL."""
    s3 = aws.client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_bucket_acl(Bucket=BUCKET, ACL=acl)
    if statements:
        s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(policy(*statements)))
    if tags:
        s3.put_bucket_tagging(
            Bucket=BUCKET, Tagging={"TagSet": [{"Key": f"opsplane:{key}", "Value": tags[key]} for key in tags]}
        )


def part(aws: Account, operation: str, key: str) -> Any:
    """One part of the bucket, or None when it was never set."""
    try:
        return getattr(aws.client("s3"), operation)(Bucket=BUCKET)[key]
    except ClientError as error:
        assert error.response["Error"]["Code"].startswith("NoSuch")
        return None


def state(aws: Account) -> dict[str, Any]:
    """Everything that decides who can reach the bucket."""
    text = part(aws, "get_bucket_policy", "Policy")
    return {
        "policy": json.loads(text) if text else None,
        "grants": part(aws, "get_bucket_acl", "Grants"),
        "block": part(aws, "get_public_access_block", "PublicAccessBlockConfiguration"),
    }


@pytest.mark.parametrize("statements", [(statement(),), (statement(), PARTNER), ()])
@pytest.mark.parametrize("acl", ["private", "public-read", "public-read-write", "authenticated-read"])
def test_a_bucket_is_closed_verified_and_put_back_exactly(
    aws: Account, statements: tuple[dict[str, Any], ...], acl: str
) -> None:
    """Policy, ACL and block, in every mixture."""
    make(aws, *statements, acl=acl)
    before, ports = state(aws), aws.ports()

    record = flow.receive(bucket_opened("DeleteBucketPublicAccessBlock"), ports)[0]
    closed = state(aws)
    commands.undo(str(record.action_id), "bob", ports)
    undone = execution.carry_out(find_action(str(record.action_id), ports), "request-1", ports)

    assert record.outcome is Outcome.ACT
    assert all(closed["block"].values())
    assert closed["policy"] == (policy(PARTNER) if PARTNER in statements else None)
    assert [grant["Permission"] for grant in closed["grants"]] == ["FULL_CONTROL"]
    assert undone.state is ActionState.UNDONE
    assert state(aws) == before


def test_a_private_bucket_is_left(aws: Account) -> None:
    """A partner's statement is not the public."""
    make(aws, PARTNER)
    before = state(aws)

    record = flow.receive(bucket_opened(), aws.ports())[0]

    assert record.outcome is Outcome.IGNORE
    assert state(aws) == before


def test_a_protected_bucket_is_asked_about(aws: Account) -> None:
    """The website's bucket carries our tag."""
    make(aws, statement(), protected="true")
    before = state(aws)

    record = flow.receive(bucket_opened(), aws.ports())[0]

    assert record.outcome is Outcome.ASK
    assert state(aws) == before


def test_a_bucket_that_is_gone_is_left(aws: Account) -> None:
    """S3 answers NoSuchBucket to every read."""
    record = flow.receive(bucket_opened(), aws.ports())[0]

    assert record.reason == f"{BUCKET} does not exist any more"


def test_a_public_acl_alone_is_closed(aws: Account) -> None:
    """Config names it without saying why."""
    make(aws, acl="public-read")

    flow.receive(bucket_opened("PutBucketAcl"), aws.ports())

    assert EVERYBODY not in json.dumps(state(aws)["grants"])
