"""Names, certificate, content delivery."""

import pytest
from acceptance.golden import DOMAIN, SIZES
from acceptance.plans import Plan, Plans

pytestmark = pytest.mark.infra


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param("dev", marks=pytest.mark.requirement("DNS-01")),
        pytest.param("staging", marks=pytest.mark.requirement("DNS-02")),
        pytest.param("prod", marks=pytest.mark.requirement("DNS-03")),
    ],
)
@pytest.mark.requirement("ARC-20", "ARC-01")
def test_the_public_name_leads_to_the_load_balancer(plans: Plans, environment: str) -> None:
    """An alias record of the environment's name in the shared zone."""
    plan = plans[environment]
    record, balancer = plan.one("route53_record", "api"), plan.one("lb")
    alias = record.block("alias")

    assert (record["name"], record["type"]) == (SIZES[environment].api_name, "A")
    assert (alias["name"], alias["zone_id"]) == (balancer["dns_name"], balancer["zone_id"])
    assert record["zone_id"] == plan.variables["hosted_zone_id"]


@pytest.mark.requirement("SEC-19", "PHA-24")
def test_the_certificate_covers_the_environments_names(plan: Plan) -> None:
    """One label below: dev and staging need a certificate of their own."""
    certificate = plan.one("acm_certificate")

    assert certificate["validation_method"] == "DNS"
    assert certificate["domain_name"] == f"*.{SIZES[plan.name].api_name.removeprefix('api.')}"


@pytest.mark.requirement("DNS-04", "SEC-19", "PHA-24")
def test_the_record_that_acm_asks_for_proves_the_certificate(plan: Plan) -> None:
    """As ACM gives it, and not under a name of our own."""
    record, certificate = plan.one("route53_record", "validation"), plan.one("acm_certificate")
    (asked,) = certificate["domain_validation_options"]

    assert record["name"] == asked["resource_record_name"]
    assert record["type"] == asked["resource_record_type"]
    assert record["records"] == [asked["resource_record_value"]]
    assert plan.one("acm_certificate_validation")["certificate_arn"] == certificate["arn"]


@pytest.mark.requirement("DNS-05")
def test_prods_name_is_asked_from_outside(dev: Plan, staging: Plan, prod: Plan) -> None:
    """The others save the dollar."""
    check = prod.one("route53_health_check")

    assert (check["fqdn"], check["resource_path"], check["type"]) == (SIZES["prod"].api_name, "/health", "HTTPS")
    assert dev.some("route53_record")
    assert [*dev.resources("route53_health_check"), *staging.resources("route53_health_check")] == []


@pytest.mark.requirement("DNS-06", "ARC-01")
def test_cloudfront_stays_away_unless_asked_for(plan: Plan) -> None:
    """Then the firewall is the load balancer's own."""
    assert plan.variables["cloudfront"]["enabled"] is False
    assert plan.resources("cloudfront_distribution") == []
    assert plan.one("wafv2_web_acl")["scope"] == "REGIONAL"


@pytest.mark.requirement("REP-59", "ARC-19", "ARC-20")
def test_the_zone_is_shared(account: Plan) -> None:
    """Made once, and its servers are told for the registrar."""
    assert account.one("route53_zone")["name"] == DOMAIN
    assert account.one("route53_zone")["force_destroy"] is False
    assert {"hosted_zone_id", "name_servers"} <= set(account.outputs)
    assert account.resources("route53_record") == []


@pytest.mark.requirement("LAY-01")
def test_the_zone_is_not_signed_until_the_registrar_knows(account: Plan) -> None:
    """A signature that nobody above vouches for would take the domain away."""
    assert account.variables["enable_dnssec"] is False
    assert account.one("route53_zone")
    assert account.resources("route53_hosted_zone_dnssec") == []
