"""A security group that lets the whole internet in is closed again, rule by rule.

Only rules whose source is the world (by address arithmetic, so that two halves of it count too) and whose ports are
not allowed are revoked. Neighbours on the same port stay. A rule that was *modified* to face the world gets its former
source back, as far as it was seen before: CloudTrail tells a rule's new values only.
"""

from typing import Any

from opsplane.exposure.addresses import is_world
from opsplane.model import Json, JsonObject
from opsplane.playbooks.group_rules import Rule, authorize, revoke, target_of, value_of
from opsplane.playbooks.plan import Api, Observation, Step, together
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_ALL_PORTS = (0, 65535)


def observe(api: Api, subject: Subject) -> Observation:
    """Every ingress rule of the group, one target each, with description and tags; and what uses the group."""
    group_id = subject.resource.id
    groups, rules, interfaces = together(
        lambda: api.read("ec2", "describe_security_groups", GroupIds=[group_id])["SecurityGroups"],
        lambda: _ingress(api, group_id),
        lambda: api.read("ec2", "describe_network_interfaces", Filters=_of(group_id))["NetworkInterfaces"],
    )
    return Observation(
        tags={tag["Key"]: tag["Value"] for tag in groups[0].get("Tags", [])},
        state=_state(rules),
        evidence={
            "group": {"name": groups[0].get("GroupName", ""), "vpc": groups[0].get("VpcId", "")},
            "rules": rules,
            "network_interfaces": [interface["NetworkInterfaceId"] for interface in interfaces],
        },
    )


def look(api: Api, subject: Subject) -> Observation:
    """The rules alone. A group that is gone has none."""
    return Observation(state=_state(_ingress(api, subject.resource.id)))


def plan(subject: Subject, found: Observation, parameters: Parameters) -> tuple[Step, ...]:
    """One step for each rule that is open to the world on ports that nobody allowed."""
    allowed = _allowed_ports(found.tags, parameters)
    open_rules = [rule for rule in _rules(found) if _violates(rule, allowed)]
    former = [found.former[_id(rule)] for rule in open_rules if _id(rule) in found.former]
    group = subject.resource.id
    return (
        *(_restore(group, rule) for rule in former if target_of(rule) not in found.state),
        *(_revoke(group, rule) for rule in open_rules),
    )


def remember(found: Observation, parameters: Parameters) -> JsonObject:
    """Each rule that is in order, by its id; of a rule that is open now, what was known of it before."""
    allowed = _allowed_ports(found.tags, parameters)
    known = {_id(rule): found.former.get(_id(rule)) if _violates(rule, allowed) else rule for rule in _rules(found)}
    return {rule_id: rule for rule_id, rule in known.items() if rule}


def _of(group_id: str) -> list[dict[str, Any]]:
    return [{"Name": "group-id", "Values": [group_id]}]


def _ingress(api: Api, group_id: str) -> list[Rule]:
    rules = api.read("ec2", "describe_security_group_rules", Filters=_of(group_id))["SecurityGroupRules"]
    return [rule for rule in rules if not rule.get("IsEgress")]


def _state(rules: list[Rule]) -> dict[str, Json]:
    return {target_of(rule): value_of(rule) for rule in rules}


def _rules(found: Observation) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = found.evidence["rules"]
    return rules


def _id(rule: dict[str, Any]) -> str:
    return str(rule["SecurityGroupRuleId"])


def _ports(rule: dict[str, Any]) -> tuple[int, int]:
    """The port range of a rule; ICMP types and `-1` (everything) count as all ports."""
    if rule["IpProtocol"] not in {"tcp", "udp", "6", "17"} or rule.get("FromPort") in {None, -1}:
        return _ALL_PORTS
    return int(rule["FromPort"]), int(rule.get("ToPort", rule["FromPort"]))


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
        target=target_of(rule),
        summary=f"Revoke {target_of(rule)} from {group}",
        before=value_of(rule),
        after=None,
        apply=(revoke(group, rule),),
        undo=(authorize(group, rule),),
    )


def _restore(group: str, rule: dict[str, Any]) -> Step:
    return Step(
        target=target_of(rule),
        summary=f"Give {group} back {target_of(rule)}",
        before=None,
        after=value_of(rule),
        apply=(authorize(group, rule),),
        undo=(revoke(group, rule),),
    )


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
    look=look,
    plan=plan,
    remember=remember,
    rolls_back=False,
)
