"""Who can reach whom: a plan's security groups and network ACLs as sets."""

from acceptance.golden import WORLD, AclRule
from acceptance.plans import Plan, Resource

Flow = tuple[str, str, int]


def group_names(plan: Plan) -> dict[str, str]:
    """Return the short name of each security group by its id: app for cloudplatform-dev-sg-app."""
    groups = plan.some("security_group")
    return {each["id"]: each["name"].rpartition("-sg-")[2] for each in groups}


def ingress(plan: Plan) -> list[Flow]:
    """Return every ingress rule as source, group, port."""
    names = group_names(plan)
    rules = plan.some("vpc_security_group_ingress_rule")
    return [(_peer(plan, each), names[each["security_group_id"]], _port(each)) for each in rules]


def egress(plan: Plan) -> list[Flow]:
    """Return every egress rule as group, target, port."""
    names = group_names(plan)
    rules = plan.some("vpc_security_group_egress_rule")
    return [(names[each["security_group_id"]], _peer(plan, each), _port(each)) for each in rules]


def acl(plan: Plan, tier: str, direction: str) -> list[AclRule]:
    """Return the lines of the ACL of a tier, all of which allow."""
    found = plan.one("network_acl", f'"{tier}"')
    assert {each["action"] for each in found[direction]} == {"allow"}
    return [
        AclRule(each["rule_no"], each["protocol"], each["cidr_block"], (each["from_port"], each["to_port"]))
        for each in found[direction]
    ]


def subnets(plan: Plan, tier: str) -> list[Resource]:
    """Return the subnets of a tier in the order of their zones."""
    found = [each for each in plan.some("subnet") if f"-subnet-{tier}-" in each["tags"]["Name"]]
    return sorted(found, key=lambda each: str(each["availability_zone"]))


def subnet_ids(plan: Plan, tier: str) -> set[str]:
    """Return the ids of a tier's three subnets."""
    ids = {each["id"] for each in subnets(plan, tier)}
    assert len(ids) == 3
    return ids


def _peer(plan: Plan, rule: Resource) -> str:
    """Return the other side of a rule: a group's short name, world, s3, or an address as it stands."""
    if rule.get("referenced_security_group_id"):
        return group_names(plan)[rule["referenced_security_group_id"]]
    if rule.get("prefix_list_id") and "s3" in rule.address:
        return "s3"
    if rule.get("prefix_list_id"):
        return str(rule["prefix_list_id"])
    return "world" if rule["cidr_ipv4"] == WORLD else str(rule["cidr_ipv4"])


def _port(rule: Resource) -> int:
    """Return the one TCP port of a rule."""
    assert rule["ip_protocol"] == "tcp"
    assert rule["from_port"] == rule["to_port"]
    assert not rule.get("cidr_ipv6")
    port: int = rule["from_port"]
    return port
