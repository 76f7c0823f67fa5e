"""What the account has before the base is applied is made once, or the step says what could not be made."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from opsplane_local.launcher.account import make_boundary, make_bucket, make_zone
from opsplane_local.launcher.errors import StepFailed


class NobodyThere:
    """A client of an AWS that does not run."""

    def __getattr__(self, name: str) -> object:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1")


def test_a_bucket_that_cannot_be_made_is_named() -> None:
    """The message says which."""
    with pytest.raises(StepFailed, match="Bucket b could not be made"):
        make_bucket(lambda _service: NobodyThere(), "b")


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


class Policies:
    """Plays IAM, which refuses a second policy of one name."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def create_policy(self, *, PolicyName: str, PolicyDocument: str) -> None:  # noqa: N803 - boto3's names
        """Make a policy."""
        assert PolicyDocument
        if PolicyName in self.names:
            raise ClientError({"Error": {"Code": "EntityAlreadyExists", "Message": "there"}}, "CreatePolicy")
        self.names.append(PolicyName)


def test_a_boundary_is_made_once() -> None:
    """A start after the first one finds it there."""
    policies = Policies()

    for _ in range(2):
        make_boundary(lambda _service: policies, "b")

    assert policies.names == ["b"]


def test_a_boundary_that_cannot_be_made_is_named() -> None:
    """The message says which."""
    with pytest.raises(StepFailed, match="boundary b could not be made"):
        make_boundary(lambda _service: NobodyThere(), "b")
