"""A security group that lets the whole internet in is closed again, rule by rule.

Only rules whose source is the world (by address arithmetic, so that two halves of it count too) and whose ports are
not allowed are revoked. Neighbours on the same port stay. A rule that was *modified* to face the world gets its former
source back, as far as it was seen before: CloudTrail tells a rule's new values only.
"""

from typing import Any

from opsplane.model import Json, JsonObject
from opsplane.playbooks.addresses import is_world
from opsplane.playbooks.plan import Api, Call, Observation, Step
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_ALL_PORTS = (0, 65535)


def observe(api: Api, subject: Subject) -> Observation:
    """Every ingress rule of the group, one target each, with description and tags; and what uses the group."""
    group = subject.resource
    groups = api.read("ec2", "describe_security_groups", GroupIds=[group.id])["SecurityGroups"]
    filters = [{"Name": "group-id", "Values": [group.id]}]
    rules = api.read("ec2", "describe_security_group_rules", Filters=filters)["SecurityGroupRules"]
    interfaces = api.read("ec2", "describe_network_interfaces", Filters=filters)["NetworkInterfaces"]
    ingress = [rule for rule in rules if not rule.get("IsEgress")]
    return Observation(
        tags={tag["Key"]: tag["Value"] for tag in groups[0].get("Tags", [])},
        state={_target(rule): _value(rule) for rule in ingress},
        evidence={
            "group": {"name": groups[0].get("GroupName", ""), "vpc": groups[0].get("VpcId", "")},
            "rules": ingress,
            "network_interfaces": [interface["NetworkInterfaceId"] for interface in interfaces],
        },
    )


def plan(subject: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """One step for each rule that is open to the world on ports that nobody allowed."""
    allowed = _allowed_ports(found.tags, parameters)
    open_rules = [rule for rule in _rules(found) if _violates(rule, allowed)]
    former = [found.former[_id(rule)] for rule in open_rules if _id(rule) in found.former]
    group = subject.resource.id
    return (
        *(_restore(group, rule) for rule in former if _target(rule) not in found.state),
        *(_revoke(group, rule) for rule in open_rules),
    )


def remember(found: Observation, parameters: Parameters) -> JsonObject:
    """Each rule that is in order, by its id; of a rule that is open now, what was known of it before."""
    allowed = _allowed_ports(found.tags, parameters)
    known = {_id(rule): found.former.get(_id(rule)) if _violates(rule, allowed) else rule for rule in _rules(found)}
    return {rule_id: rule for rule_id, rule in known.items() if rule}


def _rules(found: Observation) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = found.evidence["rules"]
    return rules


def _id(rule: dict[str, Any]) -> str:
    return str(rule["SecurityGroupRuleId"])


def _source(rule: dict[str, Any]) -> str:
    for key in ("CidrIpv4", "CidrIpv6", "PrefixListId"):
        if rule.get(key):
            return str(rule[key])
    return str(rule.get("ReferencedGroupInfo", {}).get("GroupId", "?"))


def _ports(rule: dict[str, Any]) -> tuple[int, int]:
    """The port range of a rule; ICMP types and `-1` (everything) count as all ports."""
    if rule["IpProtocol"] not in {"tcp", "udp", "6", "17"} or rule.get("FromPort") in {None, -1}:
        return _ALL_PORTS
    return int(rule["FromPort"]), int(rule.get("ToPort", rule["FromPort"]))


def _target(rule: dict[str, Any]) -> str:
    low, high = rule.get("FromPort", -1), rule.get("ToPort", -1)
    return f"ingress {rule['IpProtocol']} {low}-{high} {_source(rule)}"


def _value(rule: dict[str, Any]) -> Json:
    tags = {tag["Key"]: tag["Value"] for tag in rule.get("Tags", [])}
    return {"description": rule.get("Description", ""), "tags": dict(sorted(tags.items()))}


def _violates(rule: dict[str, Any], allowed: frozenset[int]) -> bool:
    cidr = rule.get("CidrIpv4") or rule.get("CidrIpv6")
    if not cidr or not is_world(cidr):
        return False
    low, high = _ports(rule)
    return not (rule["IpProtocol"] in {"tcp", "6"} and low == high and low in allowed)


def _allowed_ports(tags: dict[str, str], parameters: Parameters) -> frozenset[int]:
    """Ports that may face the world on this group: those that its tag claims, as far as policy lets a tag claim them.

    The tag alone is not enough: whoever may tag a group could else exempt SSH.
    """
    tag, claimable = parameters.get("allow_tag"), parameters.get("allowable_ports")
    claimed = {part.strip() for part in tags.get(str(tag), "").replace(" ", ",").split(",")}
    ports = claimable if isinstance(claimable, list) else []
    return frozenset(port for port in ports if isinstance(port, int) and str(port) in claimed)


def _revoke(group: str, rule: dict[str, Any]) -> Step:
    return Step(
        target=_target(rule),
        summary=f"Revoke {_target(rule)} from {group}",
        before=_value(rule),
        after=None,
        apply=(_revoke_call(group, rule),),
        undo=(_authorize_call(group, rule),),
    )


def _restore(group: str, rule: dict[str, Any]) -> Step:
    return Step(
        target=_target(rule),
        summary=f"Give {group} back {_target(rule)}",
        before=None,
        after=_value(rule),
        apply=(_authorize_call(group, rule),),
        undo=(_revoke_call(group, rule),),
    )


def _authorize_call(group: str, rule: dict[str, Any]) -> Call:
    parameters: dict[str, Any] = {"GroupId": group, "IpPermissions": [_permission(rule, described=True)]}
    if tags := [{"Key": tag["Key"], "Value": tag["Value"]} for tag in rule.get("Tags", [])]:
        parameters["TagSpecifications"] = [{"ResourceType": "security-group-rule", "Tags": tags}]
    return Call(service="ec2", operation="authorize_security_group_ingress", parameters=parameters)


def _revoke_call(group: str, rule: dict[str, Any]) -> Call:
    parameters = {"GroupId": group, "IpPermissions": [_permission(rule, described=False)]}
    return Call(service="ec2", operation="revoke_security_group_ingress", parameters=parameters)


def _permission(rule: dict[str, Any], *, described: bool) -> dict[str, Any]:
    """The rule as an IpPermission with exactly one source, so that no neighbour goes with it."""
    permission: dict[str, Any] = {"IpProtocol": rule["IpProtocol"]}
    for key in ("FromPort", "ToPort"):
        if rule.get(key) is not None and rule["IpProtocol"] != "-1":
            permission[key] = rule[key]
    sources = {
        "CidrIpv4": ("IpRanges", "CidrIp"),
        "CidrIpv6": ("Ipv6Ranges", "CidrIpv6"),
        "PrefixListId": ("PrefixListIds", "PrefixListId"),
        "ReferencedGroupInfo": ("UserIdGroupPairs", "GroupId"),
    }
    key, (ranges, name) = next((key, names) for key, names in sources.items() if rule.get(key))
    entry = {name: _source(rule)}
    if described and rule.get("Description"):
        entry["Description"] = rule["Description"]
    return {**permission, ranges: [entry]}


PLAYBOOK = Playbook(
    name="sg-world-ingress",
    family=Family.NETWORK,
    summary="Revokes ingress rules that are open to the whole internet, sparing ports that policy allows.",
    problem="Security group {id} is open to the internet",
    risk="Whoever came in through the rule is cut off; established connections last until they end.",
    rights=(
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateTags",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroupRules",
        "ec2:DescribeSecurityGroups",
        "ec2:RevokeSecurityGroupIngress",
    ),
    acts_on=(
        "cloudtrail/sg-open-ssh.json",
        "cloudtrail/sg-open-ipv6.json",
        "cloudtrail/sg-modify-rule-world.json",
        "config/restricted-ssh-noncompliant.json",
        "securityhub/sg-open-ssh.json",
    ),
    leaves=(
        "cloudtrail/sg-open-https-allowed.json",
        "cloudtrail/sg-open-private.json",
        "cloudtrail/sg-open-failed.json",
        "config/restricted-ssh-compliant.json",
    ),
    observe=observe,
    plan=plan,
    remember=remember,
    rolls_back=False,
)
