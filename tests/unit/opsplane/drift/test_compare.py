"""The differences between what a state wants and what is there."""

from opsplane.drift.compare import Difference, LiveGroup, compare
from opsplane.drift.rules import IngressRule
from opsplane.drift.wanted import WantedGroup

HTTPS = IngressRule("tcp", 443, 443, "10.0.0.0/8")
SSH = IngressRule("tcp", 22, 22, "0.0.0.0/0")


def wanted(*rules: IngressRule, managed: bool = True) -> WantedGroup:
    """A group as the state wants it."""
    return WantedGroup("sg-1", "aws_security_group.app", frozenset(rules), managed)


def live(*rules: IngressRule) -> LiveGroup:
    """A group as it is."""
    return LiveGroup(frozenset(rules), {})


def test_what_is_as_wanted_does_not_differ() -> None:
    """Not even a little."""
    assert not compare(wanted(HTTPS), live(HTTPS))


def test_a_rule_that_somebody_added_differs() -> None:
    """And reads so."""
    difference = compare(wanted(HTTPS), live(HTTPS, SSH))

    assert difference
    assert str(difference) == (
        "sg-1 (aws_security_group.app) differs from Terraform - not in the state: tcp 22 from 0.0.0.0/0"
    )


def test_a_rule_that_somebody_removed_differs() -> None:
    """Both directions can stand in one sentence."""
    difference = compare(wanted(HTTPS), live(SSH))

    assert str(difference).endswith("not in the state: tcp 22 from 0.0.0.0/0; missing: tcp 443 from 10.0.0.0/8")


def test_a_group_that_is_gone_differs() -> None:
    """Whatever rules it had."""
    difference = compare(wanted(), None)

    assert difference == Difference(wanted(), gone=True, unknown=(), missing=())
    assert str(difference) == "sg-1 (aws_security_group.app) is in the Terraform state and does not exist any more"


def test_in_a_group_that_terraform_does_not_manage_only_its_own_rules_count() -> None:
    """The others belong to whoever made the group."""
    assert not compare(wanted(HTTPS, managed=False), live(HTTPS, SSH))
    assert compare(wanted(HTTPS, managed=False), live(SSH)).missing == (HTTPS,)
