"""Which parts of a resource a call touched."""

import pytest
from opsplane.signals.cloudtrail_targets import touched

ANSWER = {
    "securityGroupRuleSet": {"items": [{"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "cidrIpv4": "0.0.0.0/0"}]}
}
RULE = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv6": "::/0"}


@pytest.mark.parametrize(
    ("call", "request_", "response", "expected"),
    [
        ("AuthorizeSecurityGroupIngress", None, ANSWER, ["ingress tcp 22-22 0.0.0.0/0"]),
        (
            "ModifySecurityGroupRules",
            {"ModifySecurityGroupRulesRequest": {"SecurityGroupRule": {"SecurityGroupRule": RULE, "tag": 1}}},
            None,
            ["ingress tcp 22-22 ::/0"],
        ),
        ("PutBucketPolicy", {}, None, ["policy"]),
        ("AuthorizeSecurityGroupIngress", {"groupId": "sg-1"}, {"securityGroupRuleSet": {}}, []),
        ("ModifySecurityGroupRules", {"ModifySecurityGroupRulesRequest": {"SecurityGroupRule": [1, None]}}, None, []),
    ],
)
def test_a_call_names_what_it_touched(call: str, request_: object, response: object, expected: list[str]) -> None:
    """In the very words of the playbooks' targets; nothing when the record does not tell."""
    assert touched(call, request_, response) == expected  # type: ignore[arg-type]
