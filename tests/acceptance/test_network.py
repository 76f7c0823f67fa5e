"""Networks: VPC, subnets, routes, endpoints, addresses and ports."""

from collections import Counter
from ipaddress import ip_network

import pytest
from acceptance.golden import (
    APP_PORT,
    CIDRS,
    DB_PORT,
    HTTP,
    HTTPS,
    INTERFACE_ENDPOINTS,
    REDIS_PORT,
    SIZES,
    SUBNETS,
    WORLD,
    ZONES,
)
from acceptance.plans import Plan, Plans, Resource
from acceptance.traffic import ingress, subnet_ids, subnets

pytestmark = pytest.mark.infra
TIERS = tuple(SUBNETS)


@pytest.mark.requirement("NET-01", "PRJ-04")
def test_an_environment_has_one_vpc_of_default_tenancy(plan: Plan) -> None:
    """Everything that lies in a network lies in this one."""
    vpc = plan.one("vpc")

    assert vpc.get("instance_tenancy") in {None, "default"}
    assert {each["vpc_id"] for each in plan.some("subnet")} == {vpc["id"]}


@pytest.mark.requirement("NET-02")
def test_the_vpc_has_dns(plan: Plan) -> None:
    """Private names of endpoints need both."""
    vpc = plan.one("vpc")

    assert (vpc["enable_dns_hostnames"], vpc["enable_dns_support"]) == (True, True)


@pytest.mark.requirement("NET-03", "PHA-14")
def test_the_vpc_records_all_its_traffic(plan: Plan) -> None:
    """Accepted and refused, into a log group, by a role that only flow logs may assume."""
    log, role = plan.one("flow_log"), plan.one("iam_role", "flow_logs")

    assert log["vpc_id"] == plan.one("vpc")["id"]
    assert log["traffic_type"] == "ALL"
    assert log["log_destination"] == plan.one("cloudwatch_log_group", "flow_logs")["arn"]
    assert log["iam_role_arn"] == role["arn"]
    assert "vpc-flow-logs.amazonaws.com" in role["assume_role_policy"]


@pytest.mark.requirement("NET-04", "ARC-03", "PHA-04")
def test_nine_subnets_stand_in_three_tiers_and_three_zones(plan: Plan) -> None:
    """A /24 for each tier in each zone, at its place in the plan of addresses."""
    assert len(plan.some("subnet")) == 9
    for tier, thirds in SUBNETS.items():
        found = [(each["availability_zone"], each["cidr_block"]) for each in subnets(plan, tier)]
        network = SIZES[plan.name].network
        assert found == [(zone, f"{network}.{third}.0/24") for zone, third in zip(ZONES, thirds, strict=True)]


@pytest.mark.requirement("NET-05")
def test_everything_stands_in_its_tier(plan: Plan) -> None:
    """Load balancer and NAT public, tasks in the application tier, database and cache in the data tier."""
    database, cache = plan.one("db_subnet_group"), plan.one("elasticache_subnet_group")
    (tasks,) = plan.one("ecs_service")["network_configuration"]

    assert set(plan.one("lb")["subnets"]) == subnet_ids(plan, "public")
    assert {each["subnet_id"] for each in plan.some("nat_gateway")} <= subnet_ids(plan, "public")
    assert set(tasks["subnets"]) == subnet_ids(plan, "private")
    assert set(database["subnet_ids"]) == set(cache["subnet_ids"]) == subnet_ids(plan, "data")


@pytest.mark.requirement("NET-06", "NET-11", "PHA-06")
def test_data_subnets_have_no_way_out(plan: Plan) -> None:
    """Their table has no route beside the VPC's own; application subnets leave by NAT alone."""
    data = plan.one("route_table", "data")
    apps = {each["id"] for each in plan.some("route_table", "private")}
    routes = plan.some("route")

    assert not data.get("route")
    assert [each.address for each in routes if each["route_table_id"] == data["id"]] == []
    assert data["id"] not in plan.one("vpc_endpoint", "s3")["route_table_ids"]
    out = [each for each in routes if each["route_table_id"] in apps]
    assert len(out) == len(apps) == 3
    assert all(each["nat_gateway_id"] and not each.get("gateway_id") for each in out)


@pytest.mark.requirement("NET-07", "NET-09")
def test_public_subnets_leave_by_the_internet_gateway(plan: Plan) -> None:
    """One gateway, attached, and one default route to it."""
    gateway, table = plan.one("internet_gateway"), plan.one("route_table", "public")
    (route,) = plan.where("route", lambda each: each["route_table_id"] == table["id"])

    assert gateway["vpc_id"] == plan.one("vpc")["id"]
    assert (route["destination_cidr_block"], route["gateway_id"]) == (WORLD, gateway["id"])


@pytest.mark.requirement("NET-08", "ARC-04", "PHA-05")
def test_nat_gateways_are_as_many_as_the_environment_needs(plan: Plan) -> None:
    """One for dev and staging, one in each zone for prod, each in a public subnet of its own."""
    gateways = plan.some("nat_gateway")

    assert len(gateways) == SIZES[plan.name].nat_gateways
    assert len({each["subnet_id"] for each in gateways}) == len(gateways)
    assert {each["subnet_id"] for each in gateways} <= subnet_ids(plan, "public")


@pytest.mark.requirement("NET-10", "PHA-06")
def test_each_zone_has_its_way_out(plan: Plan) -> None:
    """A table for each zone, to NAT by default and to S3 by the endpoint; in prod to the zone's own gateway."""
    tables = {each["id"]: each for each in plan.some("route_table", "private")}
    routes = plan.where("route", lambda each: each["route_table_id"] in tables)

    assert {each["destination_cidr_block"] for each in routes} == {WORLD}
    assert {each["route_table_id"] for each in routes} == set(tables)
    assert len({each["nat_gateway_id"] for each in routes}) == SIZES[plan.name].nat_gateways
    assert set(plan.one("vpc_endpoint", "s3")["route_table_ids"]) == set(tables)


@pytest.mark.requirement("NET-12")
def test_a_subnet_belongs_to_one_route_table(plan: Plan) -> None:
    """Nine subnets, nine associations, each tier to its own tables."""
    associations = plan.some("route_table_association")
    times = Counter(each["subnet_id"] for each in associations)

    assert set(times.values()) == {1}
    for tier in TIERS:
        tables = {each["id"] for each in plan.some("route_table", tier)}
        used = {each["route_table_id"] for each in associations if each["subnet_id"] in subnet_ids(plan, tier)}
        assert used == tables


@pytest.mark.requirement("NET-21", "PHA-13", "ARC-09")
def test_s3_is_reached_by_a_gateway_endpoint(plan: Plan) -> None:
    """It costs nothing, and image layers come that way."""
    (gateway,) = plan.where("vpc_endpoint", lambda each: each["vpc_endpoint_type"] == "Gateway")

    assert gateway["service_name"] == "com.amazonaws.us-east-1.s3"


@pytest.mark.requirement("NET-22", "NET-23", "NET-24", "NET-25", "NET-26", "NET-27", "NET-28", "PHA-13", "ARC-09")
def test_aws_is_reached_by_interface_endpoints(plan: Plan) -> None:
    """Seven services; ssmmessages only where somebody may open a shell in a task."""
    services = {each["service_name"].removeprefix("com.amazonaws.us-east-1.") for each in _interfaces(plan)}
    shell = {"ssmmessages"} if plan.one("ecs_service")["enable_execute_command"] else set()

    assert services == INTERFACE_ENDPOINTS | shell


@pytest.mark.requirement("NET-29")
def test_interface_endpoints_answer_by_private_name_in_their_group(plan: Plan) -> None:
    """In the application's subnets, in every zone of prod."""
    group = plan.one("security_group", '"endpoint"')["id"]

    for each in _interfaces(plan):
        assert each["private_dns_enabled"]
        assert each["security_group_ids"] == [group]
        assert set(each["subnet_ids"]) <= subnet_ids(plan, "private")
        assert len(each["subnet_ids"]) == (3 if plan.name == "prod" else 1)


@pytest.mark.requirement("NET-30")
def test_a_nat_gateway_has_an_address_of_its_own(plan: Plan) -> None:
    """Tagged, so that others can be told which address to expect."""
    addresses = {each["id"]: each for each in plan.some("eip")}

    assert {each["allocation_id"] for each in plan.some("nat_gateway")} == set(addresses)
    assert all(each["domain"] == "vpc" and each["tags"]["Name"] for each in addresses.values())


@pytest.mark.requirement("ARC-02")
def test_region_and_zones_are_variables(plan: Plan) -> None:
    """us-east-1 with its zones a, b and c."""
    assert plan.variables["region"] == "us-east-1"
    assert tuple(plan.variables["network"]["availability_zones"]) == ZONES
    assert {each["availability_zone"] for each in plan.some("subnet")} == set(ZONES)


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param("dev", marks=pytest.mark.requirement("CID-01")),
        pytest.param("staging", marks=pytest.mark.requirement("CID-02")),
        pytest.param("prod", marks=pytest.mark.requirement("CID-03")),
    ],
)
@pytest.mark.requirement("ARC-11")
def test_ranges_are_those_of_the_address_plan(plans: Plans, environment: str) -> None:
    """Ten ranges, letter by letter."""
    plan = plans[environment]

    assert plan.one("vpc")["cidr_block"] == CIDRS[environment]["vpc"]
    for tier in TIERS:
        assert tuple(each["cidr_block"] for each in subnets(plan, tier)) == CIDRS[environment][tier]


@pytest.mark.requirement("CID-04")
def test_ranges_do_not_overlap(dev: Plan, staging: Plan, prod: Plan) -> None:
    """So that the networks could be joined one day."""
    first, second, third = (ip_network(each.one("vpc")["cidr_block"]) for each in (dev, staging, prod))

    assert not first.overlaps(second)
    assert not first.overlaps(third)
    assert not second.overlaps(third)


@pytest.mark.requirement("PRT-01", "PRT-02")
def test_the_load_balancer_listens_on_80_and_443(plan: Plan) -> None:
    """One redirects, the other serves."""
    found = {each["port"]: each.block("default_action")["type"] for each in plan.some("lb_listener")}

    assert found == {HTTP: "redirect", HTTPS: "forward"}


@pytest.mark.requirement("PRT-03")
def test_the_application_listens_on_8000(plan: Plan) -> None:
    """Target group and service agree."""
    assert plan.one("lb_target_group")["port"] == APP_PORT
    assert plan.one("ecs_service").block("load_balancer")["container_port"] == APP_PORT


@pytest.mark.requirement("PRT-04", "PRT-05")
def test_database_and_cache_are_reached_on_their_ports(plan: Plan) -> None:
    """Left to the engine's own port where the code gives none."""
    assert ("app", "rds", DB_PORT) in ingress(plan)
    assert ("app", "redis", REDIS_PORT) in ingress(plan)
    assert plan.one("db_instance").get("port") in {None, DB_PORT}
    assert plan.one("elasticache_replication_group").get("port") in {None, REDIS_PORT}


@pytest.mark.requirement("PRT-06")
def test_nothing_else_listens(plan: Plan) -> None:
    """Every port that anything opens is one of five."""
    opened = {port for _, _, port in ingress(plan)}
    opened |= {each["port"] for kind in ("lb_listener", "lb_target_group") for each in plan.some(kind)}

    assert opened == {HTTP, HTTPS, APP_PORT, DB_PORT, REDIS_PORT}


def _interfaces(plan: Plan) -> list[Resource]:
    found = plan.where("vpc_endpoint", lambda each: each["vpc_endpoint_type"] == "Interface")
    assert found
    return found
