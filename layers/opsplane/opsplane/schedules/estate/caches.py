"""ElastiCache replication groups. They cannot be stopped: at most they become smaller for the night.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/scaling-redis-classic.html — vertical scaling is online.
"""

from typing import Any

from opsplane.playbooks.plan import Api, tags_of
from opsplane.schedules import prices
from opsplane.schedules.estate.tags import Found, is_in
from opsplane.schedules.workload import NODE, SMALL, TIERS, Running, Workload, WorkloadKind


def read(api: Api, environment: str, small: str) -> list[Found]:
    """The groups of an environment; one of the node type `small` counts as stopped."""
    found = []
    for group in api.read("elasticache", "describe_replication_groups")["ReplicationGroups"]:
        answer = api.read("elasticache", "list_tags_for_resource", ResourceName=group["ARN"])
        tags = tags_of(answer.get("TagList"))
        if is_in(tags, environment):
            found.append((_group(group, small), tags))
    return found


def _group(group: dict[str, Any], small: str) -> Workload:
    node, status = group.get("CacheNodeType", ""), group.get("Status", "unknown")
    members, engine = group.get("MemberClusters", []), group.get("Engine", "redis")
    large, little = prices.cache_node(node, engine), prices.cache_node(small, engine)
    saved = None if large is None or little is None else len(members) * (large - little)
    useless = saved is not None and saved <= 0 and node != small
    return Workload(
        kind=WorkloadKind.CACHE,
        id=group["ReplicationGroupId"],
        running=Running.STOPPED if node == small else Running.RUNNING,
        ready=status == "available",
        busy="" if status == "available" else f"it is {status}",
        size={NODE: node, SMALL: small},
        hindrance=f"{small} is no cheaper than its {node}" if useless else "",
        hourly=saved,
        tier=TIERS[WorkloadKind.CACHE],
        targets=tuple(f"{WorkloadKind.CACHE.value}:{each}" for each in members),
    )
