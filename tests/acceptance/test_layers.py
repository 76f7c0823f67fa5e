"""The architecture as a whole: environments, layers, and the services that stand beside the path of a request."""

import pytest
from acceptance.golden import CIDRS, SIZES
from acceptance.plans import Plan
from acceptance.traffic import subnet_ids
from template import functions, resources

pytestmark = pytest.mark.infra


@pytest.mark.requirement("PRJ-02", "LAY-02")
def test_environments_share_nothing_of_the_network(dev: Plan, staging: Plan, prod: Plan) -> None:
    """Three plans of one root, each with its own VPC, key, database and cache under its own name."""
    for kind, name in {
        "vpc": "cidr_block",
        "kms_alias": "name",
        "db_instance": "identifier",
        "elasticache_replication_group": "replication_group_id",
        "ecs_cluster": "name",
    }.items():
        assert len({each.one(kind)[name] for each in (dev, staging, prod)}) == 3, kind
    assert [each.variables["environment"] for each in (dev, staging, prod)] == list(SIZES)
    for each in (dev, staging, prod):
        assert each.resources("vpc_peering_connection") == []
        assert each.resources("ec2_transit_gateway_vpc_attachment") == []


@pytest.mark.requirement("LAY-02", "PRJ-04")
def test_the_network_layer_has_all_its_parts(plan: Plan) -> None:
    """Own VPC, three tiers, their ACLs, groups, flow logs and endpoints; load balancer and names on top."""
    assert plan.one("vpc")["cidr_block"] == CIDRS[plan.name]["vpc"]
    assert len(subnet_ids(plan, "public") | subnet_ids(plan, "private") | subnet_ids(plan, "data")) == 9
    assert len(plan.some("network_acl")) == 3
    assert len(plan.some("security_group")) == 5
    assert plan.one("flow_log")
    assert len(plan.some("vpc_endpoint")) >= 8
    assert plan.one("lb")
    assert plan.one("route53_record", "api")


@pytest.mark.requirement("PRJ-07", "LAY-06")
def test_security_comes_with_the_platform(plan: Plan, account: Plan) -> None:
    """Firewall, keys, secrets and detection, none behind a switch."""
    assert plan.one("wafv2_web_acl")
    assert plan.one("kms_key", "module.encryption")
    assert len(plan.some("secretsmanager_secret")) == 5
    assert account.one("guardduty_detector")
    assert account.one("securityhub_account")


@pytest.mark.requirement("ARC-10")
def test_supporting_services_are_there(plan: Plan, account: Plan) -> None:
    """Of the environment, of the account, and of the fleet."""
    for kind in ("secretsmanager_secret", "kms_key", "cloudwatch_metric_alarm", "cloudwatch_log_group"):
        assert plan.some(kind)
    for kind in ("ecr_repository", "guardduty_detector", "securityhub_account"):
        assert account.some(kind)
    assert account.one("s3_bucket", "state_bucket")
    assert len(resources("AWS::SNS::Topic")) == 3
    assert len(functions()) == 6


@pytest.mark.requirement("ARC-19", "LAY-07")
def test_what_an_account_has_once_is_made_once(account: Plan, dev: Plan, staging: Plan, prod: Plan) -> None:
    """By the root global and by no environment (X-52)."""
    once = (
        "ecr_repository",
        "route53_zone",
        "iam_openid_connect_provider",
        "guardduty_detector",
        "securityhub_account",
        "config_configuration_recorder",
        "cloudtrail",
        "inspector2_enabler",
    )
    for kind in once:
        assert account.one(kind)
        assert [each.resources(kind) for each in (dev, staging, prod)] == [[], [], []]


@pytest.mark.requirement("PRJ-05", "DAT-07")
def test_the_database_is_backed_up_twice(plan: Plan) -> None:
    """By RDS for any point in time, and by AWS Backup into a vault, for as many days as the environment keeps them."""
    rule, chosen = plan.one("backup_plan").block("rule"), plan.one("backup_selection")

    assert rule["lifecycle"][0]["delete_after"] == SIZES[plan.name].backup_days
    assert rule["target_vault_name"] == plan.one("backup_vault")["name"]
    assert chosen["resources"] == [plan.one("db_instance")["arn"]]
    assert plan.one("backup_vault")["kms_key_arn"] == plan.one("kms_key", "module.encryption")["arn"]
