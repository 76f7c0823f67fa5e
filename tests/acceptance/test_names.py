"""Names and tags."""

import re

import pytest
from acceptance.golden import OWNER, PROJECT_TAG
from acceptance.plans import Plan, Resource
from template import functions

pytestmark = pytest.mark.infra

NAMED_OTHERWISE = {
    "cloudwatch_log_group": r"/|aws-waf-logs-cloudplatform-",
    "config_config_rule": r"[a-z0-9-]+$",
    "iam_policy": r"cloudplatform-(?:dev|staging|prod)-boundary$",
    "ecr_repository": r"cloudplatform-service$",
    "s3_bucket": r"cloudplatform-terraform-state-\d{12}$",
}
"""Log groups are paths or what AWS asks for; Config rules are known by their bare names; images and state
belong to all environments, whose boundaries the account's root makes."""


def names(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return the name tag of everything that has one, with its type, by address."""
    tagged = ((each, (each.get("tags") or {}).get("Name")) for each in plan.everything)
    return {each.address: (each.kind, str(name)) for each, name in tagged if name}


@pytest.mark.requirement("NAM-01")
def test_names_are_project_environment_type_identifier(plan: Plan, account: Plan) -> None:
    """Everything that has a name tag, but for what AWS or other code names otherwise."""
    for root in (plan, account):
        pattern = re.compile(rf"^cloudplatform-{root.name}-[a-z0-9-]+$")
        found = names(root)
        assert len(found) > 40
        wrong = {
            address: name
            for address, (kind, name) in found.items()
            if not pattern.match(name) and not re.match(NAMED_OTHERWISE.get(kind, "$^"), name)
        }
        assert wrong == {}


@pytest.mark.requirement("NAM-02")
def test_the_documents_examples_hold(prod: Plan) -> None:
    """VPC, subnet, group, cluster, database."""
    found = {name for _, name in names(prod).values()}

    assert found >= {
        "cloudplatform-prod-vpc",
        "cloudplatform-prod-subnet-public-a",
        "cloudplatform-prod-sg-alb",
        "cloudplatform-prod-ecs-cluster",
        "cloudplatform-prod-rds-postgres",
    }


@pytest.mark.requirement("NAM-03", "PHA-67", "PRJ-24")
def test_everything_that_takes_tags_has_the_four(plan: Plan, account: Plan) -> None:
    """Project, environment, who manages it and who owns it."""
    for root in (plan, account):
        wanted = {"Project": PROJECT_TAG, "Environment": root.name, "ManagedBy": "terraform", "Owner": OWNER}
        taggable = [each for each in root.everything if "tags_all" in each.values]
        assert len(taggable) > 40
        assert [each.address for each in taggable if not wanted.items() <= _tags(each).items()] == []


@pytest.mark.requirement("NAM-03")
def test_functions_are_tagged_by_sam() -> None:
    """With who manages them, and the environment."""
    for function in functions().values():
        assert function["Tags"]["ManagedBy"] == "sam"
        assert function["Tags"]["Environment"] == {"Ref": "Environment"}
        assert function["Tags"]["Project"]
    assert len(functions()) == 6


def _tags(resource: Resource) -> dict[str, str]:
    tags: dict[str, str] = resource["tags_all"] or {}
    return tags
