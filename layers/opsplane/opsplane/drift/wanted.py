"""Which ingress rules a Terraform state wants each security group to have.

A group's own `ingress` attribute is what the last refresh saw, whoever made it. So where rules are resources of their
own, only these count; the attribute counts for groups that have none.
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from opsplane.drift.rules import IngressRule, ingress_rule
from opsplane.drift.state import State

GROUP_TYPES = frozenset({"aws_security_group", "aws_default_security_group"})
RULE_TYPES = frozenset({"aws_vpc_security_group_ingress_rule", "aws_security_group_rule"})
COMPARED = GROUP_TYPES | RULE_TYPES


@dataclass(frozen=True)
class WantedGroup:
    """A group as the state wants it; `address` is its resource, or a rule's when the group belongs to somebody else."""

    id: str
    address: str
    rules: frozenset[IngressRule]
    managed: bool


@dataclass(frozen=True)
class Coverage:
    """How much of a state was compared: instances and types, looked at and in all."""

    resources: int
    all_resources: int
    types: int
    all_types: int

    def __str__(self) -> str:
        """The coverage for people."""
        return f"looked at {self.resources} of {self.all_resources} resources, {self.types} of {self.all_types} types"


def coverage(state: State) -> Coverage:
    """What the comparison covers: ingress rules of security groups, and nothing else yet."""
    counts = [(resource.type, len(resource.instances)) for resource in state.managed if resource.instances]
    types = {name for name, _ in counts}
    return Coverage(
        resources=sum(count for name, count in counts if name in COMPARED),
        all_resources=sum(count for _, count in counts),
        types=len(types & COMPARED),
        all_types=len(types),
    )


def wanted_groups(state: State) -> tuple[WantedGroup, ...]:
    """Every security group that the state manages or has ingress rules for."""
    own: dict[str, set[IngressRule]] = defaultdict(set)
    places: dict[str, str] = {}
    for address, group, rules in _separate(state):
        own[group].update(rules)
        places.setdefault(group, address)
    managed = {group: (address, inline) for address, group, inline in _groups(state)}
    return tuple(
        WantedGroup(
            id=group,
            address=managed[group][0] if group in managed else places[group],
            rules=frozenset(own[group]) if group in own else managed[group][1],
            managed=group in managed,
        )
        for group in sorted(managed.keys() | own.keys())
    )


def _groups(state: State) -> Iterator[tuple[str, str, frozenset[IngressRule]]]:
    for resource in state.managed:
        for instance in resource.instances if resource.type in GROUP_TYPES else ():
            group = instance.attributes.get("id")
            if isinstance(group, str) and group:
                blocks = instance.attributes.get("ingress") or []
                rules = frozenset(rule for block in blocks for rule in _of_block(block, group))
                yield resource.address(instance), group, rules


def _separate(state: State) -> Iterator[tuple[str, str, list[IngressRule]]]:
    for resource in state.managed:
        for instance in resource.instances if resource.type in RULE_TYPES else ():
            values = instance.attributes
            group = values.get("security_group_id")
            if not isinstance(group, str) or values.get("type", "ingress") != "ingress":
                continue
            single = resource.type == "aws_vpc_security_group_ingress_rule"
            rules = [_of_rule(values)] if single else list(_of_block(values, group))
            yield resource.address(instance), group, rules


def _of_rule(values: dict[str, Any]) -> IngressRule:
    keys = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
    source = next((str(values[key]) for key in keys if values.get(key)), "an unknown source")
    return ingress_rule(values.get("ip_protocol"), values.get("from_port"), values.get("to_port"), source)


def _of_block(values: dict[str, Any], group: str) -> Iterator[IngressRule]:
    """The rules of an `ingress` block or an `aws_security_group_rule`: one for each source that it lists."""
    sources = [*(values.get("cidr_blocks") or []), *(values.get("ipv6_cidr_blocks") or [])]
    sources += [*(values.get("prefix_list_ids") or []), *(values.get("security_groups") or [])]
    sources += [values["source_security_group_id"]] if values.get("source_security_group_id") else []
    sources += [group] if values.get("self") is True else []
    for source in dict.fromkeys(map(str, sources)):
        yield ingress_rule(values.get("protocol"), values.get("from_port"), values.get("to_port"), source)
