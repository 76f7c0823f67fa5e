"""The sizes of the three environments, their names and their tags, in one table."""

import pytest
from acceptance.plans import Plan

pytestmark = pytest.mark.infra

# The platform's numbers, written out once more: CIDR, NAT, database, backup, cache, replicas, task, log days.
SIZES = {
    "dev": ("10.0.0.0/16", 1, "db.t4g.micro", 20, 7, False, "cache.t4g.micro", 1, ("256", "512", 1), 30),
    "staging": ("10.1.0.0/16", 1, "db.t4g.small", 50, 14, False, "cache.t4g.small", 1, ("512", "1024", 2), 60),
    "prod": ("10.2.0.0/16", 3, "db.t4g.medium", 100, 30, True, "cache.t4g.medium", 2, ("1024", "2048", 3), 90),
}


def test_an_environment_has_its_sizes_names_and_tags(plan: Plan) -> None:
    """Sizes are the platform's, names start with project and environment, and everything carries four tags."""
    database, cache = plan.one("db_instance"), plan.one("elasticache_replication_group")
    task, service = plan.one("ecs_task_definition"), plan.one("ecs_service")
    assert SIZES[plan.name] == (
        plan.one("vpc")["cidr_block"],
        len(plan.resources("nat_gateway")),
        database["instance_class"],
        database["allocated_storage"],
        database["backup_retention_period"],
        database["multi_az"],
        cache["node_type"],
        cache["num_cache_clusters"],
        (task["cpu"], task["memory"], service["desired_count"]),
        {group["retention_in_days"] for group in plan.some("cloudwatch_log_group")}.pop(),
    )
    wanted = {"Project": "cloud-platform", "Environment": plan.name, "ManagedBy": "terraform", "Owner": "charith"}
    tagged = [each for each in plan.everything if "tags_all" in each.values]
    assert tagged
    assert [each.address for each in tagged if not wanted.items() <= each["tags_all"].items()] == []
    named = [str((each.get("tags") or {}).get("Name", "")) for each in tagged]
    assert [name for name in named if name and not name.startswith(f"cloudplatform-{plan.name}-")] == []
