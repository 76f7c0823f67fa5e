"""Lambda's calls."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "AddPermission20150331v2",
            {"functionName": "arn:aws:lambda:us-east-1:000000000000:function:f", "principal": "*"},
            None,
            "f",
            False,
        ),
        (
            "AddPermission20150331v2",
            {"functionName": "f", "principal": "*", "sourceAccount": "000000000000"},
            None,
            "f",
            True,
        ),
        ("AddPermission20150331v2", {"functionName": "f", "principal": "s3.amazonaws.com"}, None, "f", True),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("lambda", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("AddPermission20150331v2", {"functionName": ""}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("lambda", call, request_)
