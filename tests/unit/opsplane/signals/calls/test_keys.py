"""KMS's calls."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "ScheduleKeyDeletion",
            {"keyId": "arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab", "pendingWindowInDays": 7},
            None,
            "1234abcd-12ab",
            False,
        ),
        ("DisableKey", {"keyId": "1234abcd-12ab"}, None, "1234abcd-12ab", False),
        (
            "PutKeyPolicy",
            {
                "keyId": "1234abcd-12ab",
                "policy": '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}',
            },
            None,
            "1234abcd-12ab",
            False,
        ),
        (
            "PutKeyPolicy",
            {
                "keyId": "1234abcd-12ab",
                "policy": '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "*", "Resource": "*"}]}',
            },
            None,
            "1234abcd-12ab",
            True,
        ),
        ("PutKeyPolicy", {"keyId": "1234abcd-12ab", "policy": "no JSON"}, None, "1234abcd-12ab", False),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("kms", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("DisableKey", {"keyId": "alias/x y"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("kms", call, request_)
