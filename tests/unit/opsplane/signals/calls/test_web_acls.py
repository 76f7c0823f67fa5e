"""WAF's calls."""

from typing import Any

import pytest
from heard import hear


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "DisassociateWebACL",
            {
                "resourceArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188"
            },
            None,
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
            False,
        ),
        (
            "AssociateWebACL",
            {
                "resourceArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188"
            },
            None,
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
            True,
        ),
        ("DisassociateWebACL", {"resourceArn": "arn:aws:apigateway:x"}, None, "arn:aws:apigateway:x", True),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("wafv2", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left
