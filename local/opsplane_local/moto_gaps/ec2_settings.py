"""EC2's settings of a whole account and region, as of moto 5.2.5: default key, instance metadata, shared snapshots."""

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.responses import EC2Response

from opsplane_local.moto_gaps.patch import Patch

NOT_BLOCKED = "unblocked"
NO_PREFERENCE = ("no-preference", "-1")
"""How a caller takes a preference back; AWS then leaves it out of the answer."""


def default_key_elsewhere(patch: Patch) -> None:
    """Take, show and reset the default key of volumes: moto looks for the key in itself, and can only set it."""

    def modify_ebs_default_kms_key_id(self: EC2Response) -> ActionResult:
        self.ec2_backend.default_kms_key_id = self._get_param("KmsKeyId")
        return get_ebs_default_kms_key_id(self)

    def get_ebs_default_kms_key_id(self: EC2Response) -> ActionResult:
        return ActionResult({"KmsKeyId": self.ec2_backend.default_kms_key_id or _key_of_aws(self.ec2_backend)})

    def reset_ebs_default_kms_key_id(self: EC2Response) -> ActionResult:
        self.ec2_backend.default_kms_key_id = ""
        return get_ebs_default_kms_key_id(self)

    for method in (modify_ebs_default_kms_key_id, get_ebs_default_kms_key_id, reset_ebs_default_kms_key_id):
        patch.attribute(EC2Response, method.__name__, method)


def metadata_defaults(patch: Patch) -> None:
    """Keep and show what new instances are given for their metadata service: moto has no such calls."""
    names = ("HttpEndpoint", "HttpPutResponseHopLimit", "HttpTokens", "InstanceMetadataTags")

    def modify_instance_metadata_defaults(self: EC2Response) -> ActionResult:
        given = {name: self._get_param(name) for name in names}
        kept = _metadata(self.ec2_backend) | {name: str(value) for name, value in given.items() if value is not None}
        vars(self.ec2_backend)["metadata_defaults"] = {n: v for n, v in kept.items() if v not in NO_PREFERENCE}
        return ActionResult({"Return": True})

    def get_instance_metadata_defaults(self: EC2Response) -> ActionResult:
        held = _metadata(self.ec2_backend)
        return ActionResult({"AccountLevel": {**held, "ManagedBy": "account"} if held else {}})

    for method in (modify_instance_metadata_defaults, get_instance_metadata_defaults):
        patch.attribute(EC2Response, method.__name__, method)


def snapshot_block(patch: Patch) -> None:
    """Block, show and unblock the public sharing of snapshots: moto has no such calls."""

    def enable_snapshot_block_public_access(self: EC2Response) -> ActionResult:
        vars(self.ec2_backend)["snapshot_block"] = self._get_param("State")
        return get_snapshot_block_public_access_state(self)

    def disable_snapshot_block_public_access(self: EC2Response) -> ActionResult:
        vars(self.ec2_backend)["snapshot_block"] = NOT_BLOCKED
        return get_snapshot_block_public_access_state(self)

    def get_snapshot_block_public_access_state(self: EC2Response) -> ActionResult:
        state = vars(self.ec2_backend).get("snapshot_block", NOT_BLOCKED)
        return ActionResult({"State": state, "ManagedBy": "account"})

    for method in (
        enable_snapshot_block_public_access,
        disable_snapshot_block_public_access,
        get_snapshot_block_public_access_state,
    ):
        patch.attribute(EC2Response, method.__name__, method)


def _key_of_aws(backend: EC2Backend) -> str:
    """Return the ARN of the key that AWS keeps for volumes in this account."""
    return f"arn:aws:kms:{backend.region_name}:{backend.account_id}:alias/aws/ebs"


def _metadata(backend: EC2Backend) -> dict[str, str]:
    """Return the preferences that were set; a reset of the backend forgets them."""
    held: dict[str, str] = vars(backend).setdefault("metadata_defaults", {})
    return held
