"""Rules of a security group as targets, values and calls."""

import pytest
from cloud import Rule, rule
from opsplane.playbooks.group_rules import authorize, revoke, target_of, value_of

RULES = [
    (rule(22, "203.0.113.0/24"), "ingress tcp 22-22 203.0.113.0/24"),
    (rule(22, "2001:db8::/32"), "ingress tcp 22-22 2001:db8::/32"),
    (rule(None, protocol="-1"), "ingress -1 -1--1 0.0.0.0/0"),
    (
        {"IsEgress": True, "IpProtocol": "tcp", "FromPort": 5, "ToPort": 6, "ReferencedGroupInfo": {"GroupId": "sg-2"}},
        "egress tcp 5-6 sg-2",
    ),
    (
        {"IsEgress": True, "IpProtocol": "udp", "FromPort": 53, "ToPort": 53, "PrefixListId": "pl-1"},
        "egress udp 53-53 pl-1",
    ),
]


@pytest.mark.parametrize(("found", "target"), RULES)
def test_a_rule_has_a_name_that_no_other_rule_has(found: Rule, target: str) -> None:
    """Direction, protocol, ports and source: EC2 allows no two with the same."""
    assert target_of(found) == target


@pytest.mark.parametrize(("found", "target"), RULES)
def test_taking_and_giving_name_the_same_rule(found: Rule, target: str) -> None:
    """One permission with one source: no neighbour goes with it."""
    there, back = revoke("sg-1", found), authorize("sg-1", found)

    assert target.startswith(there.operation.rsplit("_", 1)[-1])
    assert there.parameters["IpPermissions"] == back.parameters["IpPermissions"]


def test_description_and_tags_come_back_too() -> None:
    """They say who wanted the rule."""
    found = rule(22, Description="office", Tags=[{"Key": "owner", "Value": "alice"}])

    parameters = authorize("sg-1", found).parameters

    assert value_of(found) == {"description": "office", "tags": {"owner": "alice"}}
    assert parameters["IpPermissions"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0", "Description": "office"}]
    assert parameters["TagSpecifications"][0]["Tags"] == [{"Key": "owner", "Value": "alice"}]
