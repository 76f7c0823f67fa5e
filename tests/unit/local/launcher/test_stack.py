"""A stack is asked about, and room is made for it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from opsplane_local.launcher.settings import ARTIFACTS_BUCKET, STACK
from opsplane_local.launcher.stack import EmulatedStack


class FakeAws:
    """Plays S3 and CloudFormation with one stack; gives itself for every service."""

    def __init__(self, status: str | None) -> None:
        self.status = status
        self.buckets: list[str] = []

    def connect(self, _service: str) -> Any:
        """The client of any service."""
        return self

    def create_bucket(self, *, Bucket: str) -> None:  # noqa: N803 - boto3's name
        """Make a bucket."""
        self.buckets.append(Bucket)

    def describe_stacks(self, *, StackName: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        """Tell the status, or that there is no such stack."""
        if self.status is None:
            raise ClientError({"Error": {"Code": "ValidationError", "Message": f"{StackName} does not exist"}}, "x")
        return {"Stacks": [{"StackStatus": self.status}]}

    def delete_stack(self, *, StackName: str) -> None:  # noqa: N803 - boto3's name
        """Delete it."""
        assert StackName == STACK
        self.status = None

    def get_waiter(self, _name: str) -> Any:
        """Something that has waited already."""
        return self

    def wait(self, **_options: Any) -> None:
        """No need to."""


class NobodyThere:
    """A client of an AWS that does not run."""

    def __getattr__(self, name: str) -> object:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", None])
def test_a_stack_has_the_status_that_cloudformation_says(status: str | None) -> None:
    """And none before it is deployed."""
    assert EmulatedStack(FakeAws(status).connect).status() == status


@pytest.mark.parametrize(
    ("before", "after"),
    [("UPDATE_COMPLETE", "UPDATE_COMPLETE"), ("ROLLBACK_COMPLETE", None), ("REVIEW_IN_PROGRESS", None), (None, None)],
)
def test_room_is_a_bucket_and_no_stack_in_the_way(before: str | None, after: str | None) -> None:
    """A stack that can be updated stays, one that cannot is deleted."""
    aws = FakeAws(before)

    EmulatedStack(aws.connect).make_room()

    assert aws.buckets == [ARTIFACTS_BUCKET]
    assert aws.status == after


def test_an_aws_that_does_not_answer_has_no_stack() -> None:
    """It is asked about a stack before there is one."""
    assert EmulatedStack(lambda _service: NobodyThere()).status() is None
