"""EC2: what holds for a whole account and region."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import ec2_settings
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

KEY = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000"


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an EC2 client."""
    return connect("ec2")


def test_moto_still_looks_for_the_key_in_itself(client: Any) -> None:
    """Fails when moto takes a key of another emulator: delete the gap then, if it can show and reset it, too."""
    with pytest.raises(KeyError):
        client.modify_ebs_default_kms_key_id(KmsKeyId=KEY)


def test_moto_still_cannot_show_the_default_key(client: Any) -> None:
    """Fails when moto has grown GetEbsDefaultKmsKeyId."""
    with pytest.raises(NotImplementedError):
        client.get_ebs_default_kms_key_id()


def test_a_default_key_is_kept_until_it_is_reset(client: Any, patch: Patch) -> None:
    """A key that moto has never seen is taken; after a reset it is AWS's own again."""
    ec2_settings.default_key_elsewhere(patch)

    taken = client.modify_ebs_default_kms_key_id(KmsKeyId=KEY)["KmsKeyId"]
    shown = client.get_ebs_default_kms_key_id()["KmsKeyId"]
    after = client.reset_ebs_default_kms_key_id()["KmsKeyId"]

    assert (taken, shown) == (KEY, KEY)
    assert after == client.get_ebs_default_kms_key_id()["KmsKeyId"]
    assert after.endswith(":alias/aws/ebs")


def test_moto_still_has_no_metadata_defaults(client: Any) -> None:
    """Fails when moto has grown ModifyInstanceMetadataDefaults: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.modify_instance_metadata_defaults(HttpTokens="required")


def test_metadata_defaults_are_kept_until_they_are_taken_back(client: Any, patch: Patch) -> None:
    """What is not mentioned stays; no preference means that nothing is shown."""
    ec2_settings.metadata_defaults(patch)

    client.modify_instance_metadata_defaults(HttpTokens="required", HttpPutResponseHopLimit=1)
    client.modify_instance_metadata_defaults(HttpEndpoint="enabled")
    held = client.get_instance_metadata_defaults()["AccountLevel"]
    client.modify_instance_metadata_defaults(
        HttpTokens="no-preference", HttpPutResponseHopLimit=-1, HttpEndpoint="no-preference"
    )

    assert (held["HttpTokens"], held["HttpPutResponseHopLimit"], held["HttpEndpoint"]) == ("required", 1, "enabled")
    assert client.get_instance_metadata_defaults().get("AccountLevel", {}) == {}


def test_moto_still_cannot_block_snapshots(client: Any) -> None:
    """Fails when moto has grown EnableSnapshotBlockPublicAccess: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.enable_snapshot_block_public_access(State="block-all-sharing")


def test_snapshots_are_blocked_until_they_are_not(client: Any, patch: Patch) -> None:
    """The life of the block."""
    ec2_settings.snapshot_block(patch)

    before = client.get_snapshot_block_public_access_state()["State"]
    client.enable_snapshot_block_public_access(State="block-all-sharing")
    between = client.get_snapshot_block_public_access_state()["State"]
    client.disable_snapshot_block_public_access()

    assert (before, between) == ("unblocked", "block-all-sharing")
    assert client.get_snapshot_block_public_access_state()["State"] == "unblocked"
