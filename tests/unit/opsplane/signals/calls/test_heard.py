"""What readers of calls are given."""

import re

import pytest
from opsplane.errors import UnhandledEvent
from opsplane.signals.calls.heard import Record, checked, items


def record(**request: object) -> Record:
    """A record of some call."""
    return Record(call="Do", service="ec2", account="000000000000", region="us-east-1", request=request, response={})


def test_values_are_found_along_their_path() -> None:
    """A part that is missing or of another shape is no text."""
    found = record(DoRequest={"Id": {"content": "x-1"}}, odd=["y"])

    assert found.text("DoRequest", "Id", "content") == "x-1"
    assert (found.text("DoRequest", "Id"), found.text("odd", "y"), found.value("none")) == ("", "", None)


@pytest.mark.parametrize("found", [None, 5, "", "x 1", "x-1; rm"])
def test_an_identifier_of_another_grammar_goes_nowhere(found: object) -> None:
    """The message names the call and the type."""
    with pytest.raises(UnhandledEvent, match="CloudTrail record of Do does not say which thing it changed"):
        checked(record(), found, re.compile(r"x-[0-9]"), "thing")


@pytest.mark.parametrize(
    ("value", "expected"),
    [({"items": [{"a": 1}, "x"]}, [{"a": 1}]), ({}, []), (None, []), ([{"a": 1}], [{"a": 1}]), ("x", [])],
)
def test_lists_come_in_two_forms(value: object, expected: list[object]) -> None:
    """EC2 writes an object around a list, and an empty object for an empty one."""
    assert items(value) == expected
