"""The firewall: rules of the web ACL and what it stands in front of."""

from typing import Any

import pytest
from acceptance.golden import MANAGED_RULES, RATE_LIMIT, RATE_WINDOW_SECONDS
from acceptance.plans import Plan

pytestmark = pytest.mark.infra


def rules(plan: Plan) -> dict[str, dict[str, Any]]:
    """Return the rules of the web ACL by name."""
    return {each["name"]: each for each in plan.one("wafv2_web_acl")["rule"]}


def managed(plan: Plan) -> dict[str, dict[str, Any]]:
    """Return the rules that are AWS's groups, by the group's name, with their statement."""
    found = {}
    for rule in rules(plan).values():
        for group in rule["statement"][0]["managed_rule_group_statement"]:
            assert group["vendor_name"] == "AWS"
            found[group["name"]] = {**rule, "group": group}
    return found


@pytest.mark.requirement("SEC-12", "SEC-13", "SEC-14", "PHA-52", "ARC-21")
def test_awss_rule_groups_block(plan: Plan) -> None:
    """Common, known bad inputs, SQL injection, and addresses of ill repute; none only counts."""
    found = managed(plan)

    assert set(found) == MANAGED_RULES
    for name, rule in found.items():
        (override,) = rule["override_action"]
        assert (len(override["none"]), len(override["count"])) == (1, 0), name
        assert rule["group"]["rule_action_override"] == [], name


@pytest.mark.requirement("SEC-15", "PHA-52", "ARC-21")
def test_an_address_that_asks_too_often_is_blocked(plan: Plan) -> None:
    """More than 2,000 requests in 5 minutes."""
    rule = rules(plan)["RateLimit"]
    (limit,) = rule["statement"][0]["rate_based_statement"]

    assert (limit["limit"], limit["aggregate_key_type"]) == (RATE_LIMIT, "IP")
    assert limit["evaluation_window_sec"] == RATE_WINDOW_SECONDS
    assert len(rule["action"][0]["block"]) == 1


@pytest.mark.requirement("SEC-16", "SEC-17")
def test_countries_and_bots_are_switches_that_are_off(plan: Plan) -> None:
    """The web ACL has the rate limit and AWS's four groups, nothing that was not asked for."""
    firewall = plan.variables["firewall"]

    assert (list(firewall["blocked_countries"]), firewall["bot_control"]) == ([], False)
    assert set(rules(plan)) == {"RateLimit"} | MANAGED_RULES


@pytest.mark.requirement("PRJ-07", "ARC-01", "PHA-52", "LAY-01")
def test_the_firewall_stands_before_the_load_balancer(plan: Plan) -> None:
    """Everything else passes, so that a rule decides and not its absence; what is stopped is logged."""
    acl, joined = plan.one("wafv2_web_acl"), plan.one("wafv2_web_acl_association")
    logs = plan.one("wafv2_web_acl_logging_configuration")

    assert acl["scope"] == "REGIONAL"
    assert (joined["web_acl_arn"], joined["resource_arn"]) == (acl["arn"], plan.one("lb")["arn"])
    assert len(acl.block("default_action")["allow"]) == 1
    assert logs["resource_arn"] == acl["arn"]
