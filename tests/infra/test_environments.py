"""The three environments as plans that no AWS took part in."""

from collections.abc import Iterator
from typing import Any

import pytest
from terraform import Terraform

pytestmark = pytest.mark.infra

IMAGE = f"service@sha256:{'0' * 64}"

# The platform's numbers, written out once more: CIDR, NAT, database, backup, cache, replicas, task, log days.
SIZES = {
    "dev": ("10.0.0.0/16", 1, "db.t4g.micro", 20, 7, False, "cache.t4g.micro", 1, ("256", "512", 1), 30),
    "staging": ("10.1.0.0/16", 1, "db.t4g.small", 50, 14, False, "cache.t4g.small", 1, ("512", "1024", 2), 60),
    "prod": ("10.2.0.0/16", 3, "db.t4g.medium", 100, 30, True, "cache.t4g.medium", 2, ("1024", "2048", 3), 90),
}


def managed(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the resources of a planned module and of its children."""
    yield from ({"values": {}, **resource} for resource in module.get("resources", []))
    for child in module.get("child_modules", []):
        yield from managed(child)


def planned(terraform: Terraform, environment: str) -> list[dict[str, Any]]:
    """Return the resources that an environment would have."""
    plan = terraform.plan_offline(
        "environment",
        f"-var-file=../environments/{environment}/terraform.tfvars",
        "-var=offline=true",
        "-var=account_id=000000000000",
        f"-var=service_image={IMAGE}",
    )
    return list(managed(plan["planned_values"]["root_module"]))


def only(resources: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    """Return the values of the one resource of a type."""
    (found,) = [resource["values"] for resource in resources if resource["type"] == kind]
    values: dict[str, Any] = found
    return values


@pytest.mark.parametrize("environment", SIZES)
def test_an_environment_has_its_sizes_names_and_tags(terraform: Terraform, environment: str) -> None:
    """Sizes are the platform's, names start with project and environment, and everything carries four tags."""
    resources = planned(terraform, environment)

    database, cache = only(resources, "aws_db_instance"), only(resources, "aws_elasticache_replication_group")
    task, service = only(resources, "aws_ecs_task_definition"), only(resources, "aws_ecs_service")
    assert SIZES[environment] == (
        only(resources, "aws_vpc")["cidr_block"],
        sum(resource["type"] == "aws_nat_gateway" for resource in resources),
        database["instance_class"],
        database["allocated_storage"],
        database["backup_retention_period"],
        database["multi_az"],
        cache["node_type"],
        cache["num_cache_clusters"],
        (task["cpu"], task["memory"], service["desired_count"]),
        {r["values"]["retention_in_days"] for r in resources if r["type"] == "aws_cloudwatch_log_group"}.pop(),
    )
    wanted = {"Project": "cloud-platform", "Environment": environment, "ManagedBy": "terraform", "Owner": "charith"}
    tagged = [r for r in resources if "tags_all" in r["values"]]
    assert [r["address"] for r in tagged if not wanted.items() <= r["values"]["tags_all"].items()] == []
    named = [str((r["values"].get("tags") or {}).get("Name", "")) for r in tagged]
    assert [name for name in named if name and not name.startswith(f"cloudplatform-{environment}-")] == []
