"""Calls about instance metadata."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "ModifyInstanceMetadataOptions",
            {"ModifyInstanceMetadataOptionsRequest": {"InstanceId": "i-0a1b2c3d4e", "HttpTokens": "optional"}},
            None,
            "i-0a1b2c3d4e",
            False,
        ),
        (
            "ModifyInstanceMetadataOptions",
            {"instanceId": "i-0a1b2c3d4e", "httpTokens": "required"},
            None,
            "i-0a1b2c3d4e",
            True,
        ),
        (
            "ModifyInstanceMetadataOptions",
            {"ModifyInstanceMetadataOptionsRequest": {"InstanceId": "i-0a1b2c3d4e", "HttpEndpoint": "enabled"}},
            None,
            "i-0a1b2c3d4e",
            False,
        ),
        (
            "RunInstances",
            {},
            {
                "instancesSet": {
                    "items": [
                        {"instanceId": "i-0a1b2c3d4e", "metadataOptions": {"httpTokens": "optional"}},
                        {"instanceId": "i-0b1b2c3d4e", "metadataOptions": {"httpTokens": "required"}},
                    ]
                }
            },
            "i-0a1b2c3d4e",
            False,
        ),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("ec2", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("ModifyInstanceMetadataOptions", {"instanceId": "web"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("ec2", call, request_)
