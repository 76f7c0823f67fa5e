"""Calls about rules of security groups."""

from typing import Any

import pytest
from opsplane.signals.calls.ec2 import CALLS
from opsplane.signals.calls.heard import Record

ANSWER = {
    "securityGroupRuleSet": {"items": [{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "0.0.0.0/0"}]}
}
RULE = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv6": "::/0"}


def modify(rules: object) -> dict[str, Any]:
    """A request of ModifySecurityGroupRules."""
    return {"ModifySecurityGroupRulesRequest": {"GroupId": "sg-1a2b", "SecurityGroupRule": rules}}


@pytest.mark.parametrize(
    ("call", "request_", "response", "expected"),
    [
        ("AuthorizeSecurityGroupIngress", {"groupId": "sg-1a2b"}, ANSWER, ["ingress tcp 22-22 0.0.0.0/0"]),
        ("ModifySecurityGroupRules", modify({"SecurityGroupRule": RULE, "tag": 1}), {}, ["ingress tcp 22-22 ::/0"]),
        ("AuthorizeSecurityGroupIngress", {"groupId": "sg-1a2b"}, {"securityGroupRuleSet": {}}, []),
        ("ModifySecurityGroupRules", modify([1, None]), {}, []),
    ],
)
def test_a_call_names_what_it_touched(
    call: str, request_: dict[str, Any], response: dict[str, Any], expected: list[str]
) -> None:
    """In the very words of the playbook's targets; nothing when the record does not tell."""
    record = Record(
        call=call, service="ec2", account="000000000000", region="us-east-1", request=request_, response=response
    )

    [heard] = CALLS[call](record)

    assert (heard.id, heard.facts["targets"]) == ("sg-1a2b", expected)


@pytest.mark.parametrize(
    ("cidr", "fine"), [("10.0.0.0/8", True), ("0.0.0.0/0", False), ("0.0.0.0/1", False), ("nonsense", False)]
)
def test_a_call_that_only_opens_inwards_looks_fine(cidr: str, *, fine: bool) -> None:
    """Live state decides all the same: the group may have been open before."""
    rule = {"groupId": "sg-1a2b", "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": cidr}
    record = Record(
        call="AuthorizeSecurityGroupIngress",
        service="ec2",
        account="000000000000",
        region="us-east-1",
        request={"groupId": "sg-1a2b"},
        response={"securityGroupRuleSet": {"items": [rule]}},
    )

    [heard] = CALLS["AuthorizeSecurityGroupIngress"](record)

    assert (bool(heard.looks_fine), heard.harmless) == (fine, None)
