"""Contracts of modules: the inputs, defaults and outputs that the platform document gives them."""

import pytest
from acceptance.hcl import modules, outputs, variables
from acceptance.plans import Plan

pytestmark = pytest.mark.infra

REQUIRED = None
"""A default of None: the input must be given."""

INPUTS: dict[str, dict[str, str | None]] = {
    "networking": {
        "vpc_cidr": REQUIRED,
        "environment": REQUIRED,
        "enable_dns_hostnames": "true",
        "enable_dns_support": "true",
        "availability_zones": REQUIRED,
        "public_subnet_cidrs": REQUIRED,
        "private_subnet_cidrs": REQUIRED,
        "data_subnet_cidrs": REQUIRED,
        "app_port": "8000",
        "db_port": "5432",
        "redis_port": "6379",
        "tags": "{}",
    },
    "database": {
        "identifier": "null",
        "environment": REQUIRED,
        "instance_class": "db.t4g.micro",
        "allocated_storage": "20",
        "max_allocated_storage": "100",
        "db_name": REQUIRED,
        "master_username": REQUIRED,
        "subnet_group_name": "null",
        "security_group_ids": REQUIRED,
        "kms_key_arn": REQUIRED,
        "multi_az": "false",
        "backup_retention_period": "7",
        "deletion_protection": "false",
        "performance_insights": "false",
        "tags": "{}",
    },
    "ecs-service": {
        "service_name": REQUIRED,
        "cluster_arn": REQUIRED,
        "task_definition_arn": "null",
        "desired_count": "1",
        "subnet_ids": REQUIRED,
        "security_group_ids": REQUIRED,
        "target_group_arn": REQUIRED,
        "container_name": "fastapi",
        "container_port": "8000",
        "deployment_minimum_healthy_percent": "50",
        "deployment_maximum_percent": "200",
        "health_check_grace_period": "60",
        "tags": "{}",
    },
    "web-acl": {
        "name": REQUIRED,
        "environment": REQUIRED,
        "alb_arn": "null",
        "rate_limit": "2000",
        "enable_sql_injection_rule": "true",
        "enable_xss_rule": "true",
        "blocked_countries": "[]",
        "tags": "{}",
    },
    "observability": {
        "environment": REQUIRED,
        "alb_arn_suffix": REQUIRED,
        "target_group_arn_suffix": REQUIRED,
        "ecs_cluster_name": REQUIRED,
        "ecs_service_name": REQUIRED,
        "rds_instance_id": REQUIRED,
        "redis_cluster_id": REQUIRED,
        "sns_topic_arn": REQUIRED,
        "thresholds": "{}",
        "tags": "{}",
    },
}
"""Defaults that differ from the document's: the class (X-15), and null where the module makes the thing by itself."""

OUTPUTS = {
    "networking": {
        "vpc_id",
        "vpc_cidr",
        "vpc_arn",
        *(f"{tier}_subnet_{what}" for tier in ("public", "private", "data") for what in ("ids", "cidrs")),
        *(f"{group}_security_group_id" for group in ("alb", "app", "rds", "redis", "vpc_endpoint")),
    },
    "database": {"endpoint", "port", "arn", "id"},
    "ecs-service": {"service_id", "service_name", "service_arn"},
    "web-acl": {"web_acl_id", "web_acl_arn"},
    "observability": {"alarm_arns"},
}


@pytest.mark.parametrize(
    "module",
    [
        pytest.param("networking", marks=pytest.mark.requirement("MOD-01", "MOD-02", "MOD-04")),
        pytest.param("database", marks=pytest.mark.requirement("MOD-06")),
        pytest.param("ecs-service", marks=pytest.mark.requirement("MOD-08")),
        pytest.param("web-acl", marks=pytest.mark.requirement("MOD-10")),
        pytest.param("observability", marks=pytest.mark.requirement("MOD-12")),
    ],
)
def test_a_module_takes_what_the_document_says(module: str) -> None:
    """Each input under its name, with its default."""
    found = variables(module)

    assert {name: found[name].default for name in INPUTS[module] if name in found} == INPUTS[module]


@pytest.mark.parametrize(
    "module",
    [
        pytest.param("networking", marks=pytest.mark.requirement("MOD-01", "MOD-03", "MOD-05", "PHA-03", "PHA-04")),
        pytest.param("database", marks=pytest.mark.requirement("MOD-07")),
        pytest.param("ecs-service", marks=pytest.mark.requirement("MOD-09")),
        pytest.param("web-acl", marks=pytest.mark.requirement("MOD-11")),
        pytest.param("observability", marks=pytest.mark.requirement("MOD-13")),
    ],
)
def test_a_module_gives_what_the_document_says(module: str) -> None:
    """Each output under its name."""
    assert OUTPUTS[module] - set(outputs(module)) == set()


@pytest.mark.requirement("MOD-06", "SCR-10")
def test_no_module_takes_a_password() -> None:
    """The one input that the document names is there to refuse."""
    taken = {(module, name) for module in modules() for name in variables(module) if "password" in name}

    assert taken <= {("database", "master_password"), ("account-defaults", "minimum_password_length"),
                     ("account-defaults", "maximum_password_age_days")}  # fmt: skip
    assert variables("database")["master_password"].validations == 1


@pytest.mark.requirement("MOD-12")
def test_thresholds_are_a_map_of_numbers() -> None:
    """And a name that no alarm has is refused."""
    thresholds = variables("observability")["thresholds"]

    assert (thresholds.type, thresholds.validations) == ("map(number)", 1)


@pytest.mark.requirement("MOD-03", "MOD-05", "MOD-01")
def test_the_networking_parts_make_what_they_are_named_after(plan: Plan) -> None:
    """One VPC, nine subnets, five groups."""
    made = {kind: len(plan.some(kind)) for kind in ("vpc", "subnet", "security_group")}

    assert made == {"vpc": 1, "subnet": 9, "security_group": 5}


@pytest.mark.requirement("MOD-13", "MOD-11")
def test_alarms_are_given_by_name(plan: Plan) -> None:
    """What is given is what is made."""
    assert {each.key for each in plan.some("cloudwatch_metric_alarm")} >= {"alb-5xx", "ecs-cpu", "rds-storage"}
    assert plan.one("wafv2_web_acl_association")["web_acl_arn"] == plan.one("wafv2_web_acl")["arn"]


@pytest.mark.parametrize("module", modules())
@pytest.mark.requirement("MOD-14")
def test_inputs_and_outputs_say_what_they_are(module: str) -> None:
    """A type and a description each; numbers, and who and where a thing belongs to, are validated."""
    inputs = variables(module)

    assert [name for name, each in inputs.items() if not each.type or len(each.description) < 10] == []
    assert [name for name, words in outputs(module).items() if len(words) < 10] == []
    checked = {"project", "environment", "account_id"}
    weak = [each.name for each in inputs.values() if each.type == "number" or each.name in checked]
    assert [name for name in weak if not inputs[name].validations] == []
    assert outputs(module)


@pytest.mark.requirement("PHA-09", "MOD-14")
def test_the_keys_module_gives_arn_and_id() -> None:
    """For whoever encrypts with it."""
    assert {"key_arn", "key_id"} <= set(outputs("encryption"))


@pytest.mark.requirement("PHA-17", "PHA-23", "PHA-24")
def test_names_that_others_need_are_given() -> None:
    """Of subnet groups, the registry, the certificate."""
    assert "subnet_group_name" in outputs("database")
    assert "subnet_group_name" in outputs("cache")
    assert "repository_urls" in outputs("container-registry")
    assert "certificate_arn" in outputs("dns")
