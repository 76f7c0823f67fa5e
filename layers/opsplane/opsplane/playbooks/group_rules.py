"""Rules of a security group: their names as targets, their values, and the calls that make and take them."""

from typing import Any

from opsplane.model import Json
from opsplane.playbooks.plan import Call

type Rule = dict[str, Any]
"""One rule as DescribeSecurityGroupRules shows it."""

_SOURCES = {
    "CidrIpv4": ("IpRanges", "CidrIp"),
    "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
    "PrefixListId": ("PrefixListIds", "PrefixListId"),
    "ReferencedGroupInfo": ("UserIdGroupPairs", "GroupId"),
}


def source_of(rule: Rule) -> str:
    """The range, prefix list or group that a rule is about."""
    for key in ("CidrIpv4", "CidrIpv6", "PrefixListId"):
        if rule.get(key):
            return str(rule[key])
    return str(rule.get("ReferencedGroupInfo", {}).get("GroupId", "?"))


def target_of(rule: Rule) -> str:
    """The rule's name as a target, e.g. `ingress tcp 22-22 0.0.0.0/0`."""
    low, high = rule.get("FromPort", -1), rule.get("ToPort", -1)
    way = "egress" if rule.get("IsEgress") else "ingress"
    return f"{way} {rule['IpProtocol']} {low}-{high} {source_of(rule)}"


def value_of(rule: Rule) -> Json:
    """What a rule says besides its name."""
    tags = {tag["Key"]: tag["Value"] for tag in rule.get("Tags", [])}
    return {"description": rule.get("Description", ""), "tags": dict(sorted(tags.items()))}


def authorize(group: str, rule: Rule) -> Call:
    """The call that gives a group a rule, with its description and tags."""
    parameters: dict[str, Any] = {"GroupId": group, "IpPermissions": [_permission(rule, described=True)]}
    if tags := [{"Key": tag["Key"], "Value": tag["Value"]} for tag in rule.get("Tags", [])]:
        parameters["TagSpecifications"] = [{"ResourceType": "security-group-rule", "Tags": tags}]
    return Call(service="ec2", operation=f"authorize_security_group_{_way(rule)}", parameters=parameters)


def revoke(group: str, rule: Rule) -> Call:
    """The call that takes one rule away, and no neighbour with it."""
    parameters = {"GroupId": group, "IpPermissions": [_permission(rule, described=False)]}
    return Call(service="ec2", operation=f"revoke_security_group_{_way(rule)}", parameters=parameters)


def _way(rule: Rule) -> str:
    return "egress" if rule.get("IsEgress") else "ingress"


def _permission(rule: Rule, *, described: bool) -> dict[str, Any]:
    """The rule as an IpPermission with exactly one source."""
    permission: dict[str, Any] = {"IpProtocol": rule["IpProtocol"]}
    for key in ("FromPort", "ToPort"):
        if rule.get(key) is not None and rule["IpProtocol"] != "-1":
            permission[key] = rule[key]
    key, (ranges, name) = next((key, names) for key, names in _SOURCES.items() if rule.get(key))
    entry = {name: source_of(rule)}
    if described and rule.get("Description"):
        entry["Description"] = rule["Description"]
    return {**permission, ranges: [entry]}
