"""One ingress rule, in the same words whether it comes from a state or from EC2."""

import ipaddress
from typing import Any, NamedTuple

_PROTOCOLS = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": "-1"}
_EVERYTHING = "-1"


class IngressRule(NamedTuple):
    """Who may come in on which ports. `source` is an address range, a prefix list or a group's id; -1 means all."""

    protocol: str
    low: int
    high: int
    source: str

    def __str__(self) -> str:
        """The rule for people, e.g. `tcp 22 from 0.0.0.0/0`."""
        if self.protocol == _EVERYTHING:
            return f"everything from {self.source}"
        ports = f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"
        return f"{self.protocol} {ports} from {self.source}"


def ingress_rule(protocol: object, low: object, high: object, source: str) -> IngressRule:
    """A rule with protocol, ports and source in their normal forms: `6` is tcp, and `-1` has no ports."""
    text = str(protocol).lower()
    name = _PROTOCOLS.get(text, text)
    if name == _EVERYTHING:
        return IngressRule(name, -1, -1, _source(source))
    return IngressRule(name, _port(low), _port(high), _source(source))


def live_rule(rule: dict[str, Any]) -> IngressRule:
    """A rule of DescribeSecurityGroupRules."""
    group = rule.get("ReferencedGroupInfo", {}).get("GroupId")
    source = rule.get("CidrIpv4") or rule.get("CidrIpv6") or rule.get("PrefixListId") or group or "an unknown source"
    return ingress_rule(rule["IpProtocol"], rule.get("FromPort"), rule.get("ToPort"), source)


def _port(value: object) -> int:
    return value if isinstance(value, int) else -1


def _source(text: str) -> str:
    """Address ranges in canonical form; a group without the account that may stand before it (`1234/sg-1`)."""
    if text.rpartition("/")[2].startswith("sg-"):
        return text.rpartition("/")[2]
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError:
        return text
