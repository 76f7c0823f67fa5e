"""One ingress rule in the same words, wherever it comes from."""

from typing import Any

import pytest
from cloud import rule
from opsplane.drift.rules import IngressRule, ingress_rule, live_rule


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("tcp", 22, 22, "10.0.0.0/8"), ("6", 22, 22, "10.1.2.3/8")),
        (("-1", 0, 0, "0.0.0.0/0"), ("all", -1, -1, "0.0.0.0/0")),
        (("-1", None, None, "::/0"), ("-1", 0, 65535, "0::/0")),
        (("TCP", 1, 2, "sg-1"), ("tcp", 1, 2, "111111111111/sg-1")),
        (("17", 53, 53, "pl-1"), ("udp", 53, 53, "pl-1")),
        (("icmpv6", None, None, "2001:db8::/32"), ("58", -1, -1, "2001:DB8:0::/32")),
    ],
)
def test_two_ways_to_write_a_rule_are_one_rule(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    """Terraform and EC2 do not agree on every spelling."""
    assert ingress_rule(*one) == ingress_rule(*other)


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        (rule(22), IngressRule("tcp", 22, 22, "0.0.0.0/0")),
        (rule(22, "::/0"), IngressRule("tcp", 22, 22, "::/0")),
        (rule(None, "10.0.0.0/8", "-1"), IngressRule("-1", -1, -1, "10.0.0.0/8")),
        ({"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "PrefixListId": "pl-1"}, IngressRule("tcp", 1, 2, "pl-1")),
        (
            {"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "ReferencedGroupInfo": {"GroupId": "sg-2"}},
            IngressRule("tcp", 1, 2, "sg-2"),
        ),
    ],
)
def test_every_kind_of_source_is_read_from_ec2(live: dict[str, Any], expected: IngressRule) -> None:
    """Address ranges of both families, prefix lists and groups."""
    assert live_rule(live) == expected


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (IngressRule("tcp", 22, 22, "0.0.0.0/0"), "tcp 22 from 0.0.0.0/0"),
        (IngressRule("udp", 1, 9, "sg-1"), "udp 1-9 from sg-1"),
        (IngressRule("-1", -1, -1, "sg-1"), "everything from sg-1"),
    ],
)
def test_a_rule_reads_well(found: IngressRule, text: str) -> None:
    """It stands in headlines."""
    assert str(found) == text
