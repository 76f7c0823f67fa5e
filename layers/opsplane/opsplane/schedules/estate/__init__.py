"""What an environment consists of, as AWS shows it: everything with its tag that could sleep."""

from dataclasses import replace

from opsplane.playbooks.plan import Api, together
from opsplane.schedules.estate import caches, databases, instances, services
from opsplane.schedules.estate.tags import ENVIRONMENT_TAG, TIER_TAG, Found
from opsplane.schedules.schedule_file import Environment
from opsplane.schedules.workload import Tier, Workload


def survey(api: Api, name: str, environment: Environment, tag: str, protected_tag: str) -> tuple[Workload, ...]:
    """Everything that carries the environment's tag, in the order of its keys; reads, changes nothing.

    `tag` is the key of the tag that names a schedule, `protected_tag` that of what is never touched.

    Raises:
        AccessDenied: a right is missing. ServiceUnavailable: AWS could not be asked just now.
    """
    found = together(
        lambda: instances.read(api, name),
        lambda: instances.read_groups(api, name),
        lambda: services.read(api, name),
        lambda: databases.read(api, name),
        lambda: databases.read_clusters(api, name),
        lambda: caches.read(api, name, environment.cache_node_type) if environment.cache == "scale" else [],
    )
    every = (_tagged(each, tag, protected_tag) for some in found for each in some)
    return tuple(sorted(every, key=lambda workload: workload.key))


def _tagged(found: Found, tag: str, protected_tag: str) -> Workload:
    workload, tags = found
    protected = tags.get(protected_tag, "false").lower() != "false"
    tier = tags.get(TIER_TAG, "").upper()
    return replace(
        workload,
        hindrance=f"it carries the tag {protected_tag}" if protected else workload.hindrance,
        schedule=tags.get(tag, "").strip(),
        tier=Tier[tier] if tier in {"APP", "CACHE", "DATABASE"} else workload.tier,
    )


__all__ = ["ENVIRONMENT_TAG", "survey"]
