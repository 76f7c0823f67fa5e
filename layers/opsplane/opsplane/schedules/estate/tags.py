"""The tags that say where a workload belongs."""

from collections.abc import Iterable

from opsplane.schedules.workload import Workload

ENVIRONMENT_TAG = "Environment"

TIER_TAG = "opsplane:tier"
"""`app`, `cache` or `database`, for what is not what its kind suggests: a database on an EC2 instance."""

type Found = tuple[Workload, dict[str, str]]
"""A workload and its tags."""


def is_in(tags: dict[str, str], environment: str) -> bool:
    """Whether a resource with these tags belongs to an environment."""
    return tags.get(ENVIRONMENT_TAG) == environment


def target_groups(arns: Iterable[str]) -> tuple[str, ...]:
    """Target groups as the dimensions of alarms name them: `targetgroup/web/0123`."""
    return tuple(arn.rpartition(":")[2] for arn in arns if arn)
