"""Security groups as EC2 has them."""

from typing import Any

from opsplane.drift.compare import LiveGroup
from opsplane.drift.live import live_groups
from opsplane.drift.rules import IngressRule


def test_groups_come_with_their_ingress_rules_and_tags(groups: Any) -> None:
    """Egress is not about who comes in."""
    groups.open("sg-1", 443)
    groups.tags["sg-1"] = {"Environment": "dev"}

    found = live_groups(groups, ["sg-1"])

    assert found == {"sg-1": LiveGroup(frozenset({IngressRule("tcp", 443, 443, "10.0.0.0/8")}), {"Environment": "dev"})}


def test_a_group_that_does_not_exist_is_not_there(groups: Any) -> None:
    """One that has no rules is."""
    groups.open("sg-1")

    found = live_groups(groups, ["sg-1", "sg-2"])

    assert found == {"sg-1": LiveGroup(frozenset(), {})}


def test_many_groups_are_asked_for_in_portions(groups: Any) -> None:
    """A filter takes 200 values."""
    names = [f"sg-{number}" for number in range(450)]
    for name in names:
        groups.open(name, 80)

    assert len(live_groups(groups, names)) == 450
    assert groups.asked == [200, 200, 200, 200, 50, 50]


def test_nothing_wanted_asks_nothing(groups: Any) -> None:
    """An empty filter would list the whole account."""
    assert (live_groups(groups, []), groups.asked) == ({}, [])
