"""CloudTrail as of moto 5.2.5."""

from moto.cloudtrail.models import Trail

from opsplane_local.moto_gaps.patch import Patch


def bucket_elsewhere(patch: Patch) -> None:
    """Accept a trail whose bucket moto does not have: S3 lives in the other emulator, and moto looks only in itself."""

    def trust_the_caller(self: Trail) -> None:
        del self

    patch.attribute(Trail, "check_bucket_exists", trust_the_caller)
