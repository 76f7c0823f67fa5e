"""A stack is asked about, and room is made for it."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.settings import ARTIFACTS_BUCKET, STACK
from opsplane_local.launcher.stack import EmulatedStack, make_bucket, make_zone


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


def test_an_aws_that_does_not_answer_has_no_stack_and_no_room() -> None:
    """The message says which bucket could not be made."""
    with pytest.raises(StepFailed, match="Bucket b could not be made"):
        make_bucket(lambda _service: NobodyThere(), "b")
    assert EmulatedStack(lambda _service: NobodyThere()).status() is None


class Zones:
    """Plays Route 53, which lists from a name on and ends names with a dot."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def list_hosted_zones_by_name(self, *, DNSName: str, MaxItems: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        """List the zones from a name on."""
        found = sorted(name for name in self.names if name >= DNSName)[: int(MaxItems)]
        return {"HostedZones": [self._zone(name) for name in found]}

    def create_hosted_zone(self, *, Name: str, CallerReference: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        """Make a zone."""
        assert CallerReference
        self.names.append(Name)
        return {"HostedZone": self._zone(Name)}

    @staticmethod
    def _zone(name: str) -> dict[str, str]:
        return {"Name": f"{name}.", "Id": f"/hostedzone/Z-{name}"}


def test_a_zone_is_made_once() -> None:
    """Another one that merely comes after it in the list is not taken for it."""
    zones = Zones()
    zones.names.append("examples.org")

    ids = [make_zone(lambda _service: zones, "example.com") for _ in range(2)]

    assert ids == ["Z-example.com"] * 2
    assert zones.names == ["examples.org", "example.com"]


def test_a_zone_that_cannot_be_made_is_named() -> None:
    """With the log to look at."""
    with pytest.raises(StepFailed, match=r"zone of example\.com could not be made") as failure:
        make_zone(lambda _service: NobodyThere(), "example.com")

    assert "logs moto" in failure.value.advice
