"""CloudTrail: a bucket that moto does not have."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import cloudtrail
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a client of the service."""
    return connect("cloudtrail")


def test_moto_still_wants_the_bucket_in_itself(client: Any) -> None:
    """Fails when moto accepts a trail whose bucket is elsewhere: delete the gap then."""
    with pytest.raises(client.exceptions.S3BucketDoesNotExistException):
        client.create_trail(Name="main", S3BucketName="elsewhere")


def test_a_trail_may_write_to_a_bucket_elsewhere(client: Any, patch: Patch) -> None:
    """The trail is made and names its bucket."""
    cloudtrail.bucket_elsewhere(patch)

    client.create_trail(Name="main", S3BucketName="elsewhere")

    assert client.get_trail(Name="main")["Trail"]["S3BucketName"] == "elsewhere"
