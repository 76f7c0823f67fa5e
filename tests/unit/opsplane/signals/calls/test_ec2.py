"""EC2's calls."""

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
