"""EventBridge's calls."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        ("DisableRule", {"name": "opsplane-dev-x"}, None, "opsplane-dev-x", False),
        ("DisableRule", {"name": "nightly"}, None, "nightly", True),
        ("DeleteRule", {"name": "opsplane-dev-x"}, None, "opsplane-dev-x", False),
        ("RemoveTargets", {"rule": "opsplane-dev-x", "ids": ["1"]}, None, "opsplane-dev-x", False),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("events", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("DisableRule", {}),
        ("DisableRule", {"name": "opsplane-dev-x", "eventBusName": "no bus!"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("events", call, request_)


@pytest.mark.parametrize(
    ("named", "facts"), [({}, {}), ({"eventBusName": "default"}, {}), ({"eventBusName": "own"}, {"bus": "own"})]
)
def test_a_rule_is_looked_for_on_its_own_bus(named: dict[str, str], facts: dict[str, str]) -> None:
    """On the account's bus there is none of its name, and it would pass for gone."""
    [heard] = hear("events", "DisableRule", {"name": "opsplane-dev-x", **named})

    assert heard.facts == facts
