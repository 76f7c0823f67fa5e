"""Application Auto Scaling: tags of scalable targets."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import application_autoscaling
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

DIMENSION = {
    "ServiceNamespace": "dynamodb",
    "ResourceId": "table/ledger",
    "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
}


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a client of the service."""
    return connect("application-autoscaling")


def test_moto_still_lists_no_tags(client: Any) -> None:
    """Fails when moto has grown ListTagsForResource: delete the gap then."""
    arn = client.register_scalable_target(**DIMENSION, MinCapacity=1, MaxCapacity=2)["ScalableTargetARN"]

    with pytest.raises(NotImplementedError):
        client.list_tags_for_resource(ResourceARN=arn)


def test_tags_given_at_registration_can_be_read_and_changed(client: Any, patch: Patch) -> None:
    """What Terraform does with the tags of a target."""
    application_autoscaling.target_tags(patch)

    registered = client.register_scalable_target(**DIMENSION, MinCapacity=1, MaxCapacity=2, Tags={"a": "1", "b": "2"})
    arn = registered["ScalableTargetARN"]
    client.tag_resource(ResourceARN=arn, Tags={"c": "3"})
    client.untag_resource(ResourceARN=arn, TagKeys=["b"])

    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"a": "1", "c": "3"}


def test_tags_of_an_unknown_target_are_refused(client: Any, patch: Patch) -> None:
    """A target that was never registered has no tags."""
    application_autoscaling.target_tags(patch)

    with pytest.raises(client.exceptions.ClientError, match="register it first"):
        client.list_tags_for_resource(ResourceARN="arn:aws:application-autoscaling:us-east-1:1:scalable-target/x")
