"""Calls that make credentials."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "CreateAccessKey",
            {"userName": "bob"},
            {"accessKey": {"accessKeyId": "AKIAI44QH8DHBEXAMPLE", "userName": "bob"}},
            "bob",
            False,
        ),
        (
            "CreateAccessKey",
            {},
            {"accessKey": {"accessKeyId": "AKIAI44QH8DHBEXAMPLE", "userName": "alice"}},
            "alice",
            True,
        ),
        ("CreateLoginProfile", {"userName": "bob"}, None, "bob", False),
        ("DeactivateMFADevice", {"userName": "alice"}, None, "alice", True),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("iam", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("CreateAccessKey", {"userName": "bob"}),
        ("CreateLoginProfile", {}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("iam", call, request_)
