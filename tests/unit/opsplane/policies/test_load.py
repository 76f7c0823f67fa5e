"""The shipped policies, as functions read them."""

from opsplane.policies.load import default
from opsplane.policies.source import SHIPPED, render, shipped
from opsplane.signals.signal import Kind


def test_the_shipped_policies_are_valid_and_treat_every_kind_that_is_heard() -> None:
    """What a parser can say, some policy answers."""
    treated = {kind for policy in default().policies for kind in policy.match.kinds}

    assert treated >= set(Kind) - {Kind.DRIFT, Kind.SCHEDULE}


def test_the_shipped_policies_spare_the_load_balancers_ports_only() -> None:
    """80 and 443, for a group that claims them."""
    found = next(policy for policy in default().policies if policy.name == "sg-world-ingress")

    assert found.parameters["allowable_ports"] == [80, 443]


def test_the_policies_that_functions_read_are_those_that_people_edit() -> None:
    """Otherwise run `make docs`."""
    edited = shipped()

    assert default() == edited
    assert SHIPPED.with_suffix(".json").read_text() == render(edited)
