"""Who may reach whom: security groups against the matrix, network ACLs line by line."""

import pytest
from acceptance.golden import (
    APP_PORT,
    CIDRS,
    DB_PORT,
    EGRESS,
    HTTP,
    HTTPS,
    INGRESS,
    REDIS_PORT,
    SECURITY_GROUPS,
    SIZES,
    SUBNETS,
    WORLD,
    acl_rules,
)
from acceptance.plans import Plan
from acceptance.traffic import acl, egress, group_names, ingress, subnet_ids

pytestmark = pytest.mark.infra


@pytest.mark.requirement("NET-13", "NSC-01")
def test_the_world_reaches_the_load_balancer_on_two_ports_and_nothing_else(plan: Plan) -> None:
    """80 is there to be redirected."""
    assert {flow for flow in ingress(plan) if flow[0] == "world"} == {("world", "alb", HTTP), ("world", "alb", HTTPS)}


@pytest.mark.requirement("NSC-02", "NET-13", "NET-14")
def test_the_load_balancer_reaches_the_application_and_nothing_else(plan: Plan) -> None:
    """And the application is reached by nothing else."""
    assert {flow for flow in egress(plan) if flow[0] == "alb"} == {("alb", "app", APP_PORT)}
    assert {flow for flow in ingress(plan) if flow[1] == "app"} == {("alb", "app", APP_PORT)}


@pytest.mark.requirement("NSC-03", "NET-15")
def test_the_application_reaches_database_cache_endpoints_s3_and_the_internet_by_443(plan: Plan) -> None:
    """S3 by its prefix list, where image layers lie; the internet through NAT."""
    assert {flow for flow in egress(plan) if flow[0] == "app"} == {
        ("app", "rds", DB_PORT),
        ("app", "redis", REDIS_PORT),
        ("app", "endpoint", HTTPS),
        ("app", "s3", HTTPS),
        ("app", "world", HTTPS),
    }


@pytest.mark.requirement("NET-16", "NET-17", "NSC-04", "PHA-22")
def test_database_and_cache_are_reached_by_the_application_and_reach_nothing(plan: Plan) -> None:
    """Neither starts a connection."""
    assert {flow for flow in ingress(plan) if flow[1] in {"rds", "redis"}} == {
        ("app", "rds", DB_PORT),
        ("app", "redis", REDIS_PORT),
    }
    assert {flow for flow in egress(plan) if flow[0] in {"rds", "redis"}} == set()


@pytest.mark.requirement("NET-18", "NSC-05")
def test_endpoints_are_reached_by_the_application_and_start_nothing(plan: Plan) -> None:
    """What they reach is AWS, behind them."""
    assert {flow for flow in ingress(plan) if flow[1] == "endpoint"} == {("app", "endpoint", HTTPS)}
    assert {flow for flow in egress(plan) if flow[0] == "endpoint"} == set()


@pytest.mark.requirement("NET-19")
def test_rules_inside_the_vpc_name_groups(plan: Plan) -> None:
    """The only address in any rule is the world's."""
    rules = [*plan.some("vpc_security_group_ingress_rule"), *plan.some("vpc_security_group_egress_rule")]

    assert {each.get("cidr_ipv4") for each in rules} == {None, WORLD}
    assert len([each for each in rules if each.get("referenced_security_group_id")]) == 8


@pytest.mark.requirement("NSC-06", "PHA-11")
def test_the_rules_are_the_matrix_and_nothing_more(plan: Plan) -> None:
    """Each flow once in each direction, no rule written inside a group, and the default group closed."""
    assert sorted(group_names(plan).values()) == sorted(SECURITY_GROUPS)
    assert sorted(ingress(plan)) == sorted(INGRESS)
    assert sorted(egress(plan)) == sorted(EGRESS)
    assert not [each for each in plan.some("security_group") if each.get("ingress") or each.get("egress")]
    assert plan.resources("security_group_rule") == []
    closed = plan.one("default_security_group")
    assert not closed.get("ingress")
    assert not closed.get("egress")


@pytest.mark.requirement("PHA-11")
def test_every_rule_says_what_it_is_for(plan: Plan) -> None:
    """A description on each group and each rule."""
    described = [
        *plan.some("security_group"),
        *plan.some("vpc_security_group_ingress_rule"),
        *plan.some("vpc_security_group_egress_rule"),
    ]

    assert [each.address for each in described if not each.get("description")] == []


@pytest.mark.requirement("NET-20", "PHA-12")
def test_each_tier_has_an_acl_on_its_subnets(plan: Plan) -> None:
    """Three ACLs, nine subnets."""
    found = {each.key: set(each["subnet_ids"]) for each in plan.some("network_acl")}

    assert found == {tier: subnet_ids(plan, tier) for tier in SUBNETS}


@pytest.mark.parametrize("direction", ["ingress", "egress"])
@pytest.mark.parametrize(
    "tier",
    [
        pytest.param("public", marks=pytest.mark.requirement("NSC-07")),
        pytest.param("private", marks=pytest.mark.requirement("NSC-08")),
        pytest.param("data", marks=pytest.mark.requirement("NSC-09")),
    ],
)
@pytest.mark.requirement("NET-20")
def test_an_acl_has_its_lines(plan: Plan, tier: str, direction: str) -> None:
    """By number, protocol, range and ports; AWS denies the rest by itself."""
    found = acl(plan, tier, direction)

    assert len(found) == len(set(found))
    assert set(found) == acl_rules(plan.name, tier, direction)


@pytest.mark.requirement("NSC-10")
def test_acl_ranges_follow_the_environment(plan: Plan) -> None:
    """No literal of another environment."""
    ranges = {each.cidr for tier in SUBNETS for side in ("ingress", "egress") for each in acl(plan, tier, side)}

    assert ranges == {WORLD, CIDRS[plan.name]["vpc"], *CIDRS[plan.name]["private"]}
    assert all(each == WORLD or each.startswith(f"{SIZES[plan.name].network}.") for each in ranges)
