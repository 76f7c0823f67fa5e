"""Which ingress rules a Terraform state wants."""

from typing import Any

from opsplane.drift.rules import IngressRule
from opsplane.drift.state import parse
from opsplane.drift.wanted import WantedGroup, coverage, wanted_groups

INLINE = {
    "protocol": "tcp",
    "from_port": 80,
    "to_port": 80,
    "cidr_blocks": ["10.0.0.0/8", "192.168.0.0/16"],
    "ipv6_cidr_blocks": ["::/0"],
    "prefix_list_ids": ["pl-1"],
    "security_groups": ["sg-9"],
    "self": True,
    "description": "",
}


def only(text: bytes) -> WantedGroup:
    """The only group of a state."""
    [group] = wanted_groups(parse(text))
    return group


def test_an_inline_block_is_a_rule_for_each_of_its_sources(terraform: Any) -> None:
    """Networks of both families, prefix lists, groups, and the group itself."""
    found = only(terraform.file(terraform.group("sg-1", INLINE)))

    sources = {"10.0.0.0/8", "192.168.0.0/16", "::/0", "pl-1", "sg-9", "sg-1"}
    assert found.rules == {IngressRule("tcp", 80, 80, source) for source in sources}
    assert (found.address, found.managed) == ("aws_security_group.app", True)


def test_where_rules_are_resources_only_they_count(terraform: Any) -> None:
    """A refresh copies every live rule into the group's own attribute, also one that somebody made by hand."""
    found = only(terraform.file(terraform.group("sg-1", INLINE), terraform.separate(port=443)))

    assert found.rules == {IngressRule("tcp", 443, 443, "10.0.0.0/8")}


def test_older_rule_resources_are_read_too(terraform: Any) -> None:
    """`aws_security_group_rule` lists its sources; its egress rules are not about who comes in."""
    values = {"security_group_id": "sg-1", "protocol": "tcp", "from_port": 22, "to_port": 22}
    ingress = {**values, "type": "ingress", "source_security_group_id": "sg-2", "cidr_blocks": None}
    egress = {**values, "type": "egress", "cidr_blocks": ["0.0.0.0/0"]}
    blocks = [terraform.block("aws_security_group_rule", "old", ingress, egress), terraform.group()]

    assert only(terraform.file(*blocks)).rules == {IngressRule("tcp", 22, 22, "sg-2")}


def test_a_rule_in_somebody_elses_group_is_known_by_its_own_address(terraform: Any) -> None:
    """Terraform manages the rule, not the group."""
    found = only(terraform.file(terraform.separate("sg-other", 443)))

    assert (found.id, found.managed) == ("sg-other", False)
    assert found.address == "aws_vpc_security_group_ingress_rule.rule_443"


def test_the_default_group_counts(terraform: Any) -> None:
    """Terraform empties it, and somebody may fill it again."""
    found = only(terraform.file(terraform.block("aws_default_security_group", "closed", {"id": "sg-0", "ingress": []})))

    assert (found.id, found.rules) == ("sg-0", frozenset())


def test_coverage_counts_what_is_not_looked_at(terraform: Any) -> None:
    """Data sources and empty resources are nobody's."""
    state = parse(
        terraform.file(
            terraform.group(),
            terraform.separate(),
            terraform.block("aws_vpc", "this", {"id": "vpc-1"}),
            terraform.block("aws_subnet", "this", {"id": "subnet-1"}, {"id": "subnet-2"}),
            terraform.block("aws_instance", "none"),
            terraform.block("aws_ami", "base", {"id": "ami-1"}, mode="data"),
        )
    )

    assert str(coverage(state)) == "looked at 2 of 5 resources, 2 of 4 types"


def test_broken_attributes_are_passed_over(terraform: Any) -> None:
    """A resource that is being replaced may have none."""
    assert wanted_groups(parse(terraform.file(terraform.block("aws_security_group", "app", {"id": None})))) == ()
