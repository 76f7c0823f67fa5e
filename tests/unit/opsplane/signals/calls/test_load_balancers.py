"""Elastic Load Balancing's calls."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "ModifyListener",
            {},
            {
                "listeners": [
                    {
                        "loadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
                        "protocol": "HTTP",
                        "defaultActions": [{"type": "forward"}],
                    }
                ]
            },
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
            False,
        ),
        (
            "CreateListener",
            {
                "loadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188"
            },
            {
                "listeners": [
                    {
                        "loadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
                        "protocol": "HTTPS",
                        "defaultActions": [{"type": "forward"}],
                    }
                ]
            },
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
            True,
        ),
        (
            "ModifyListener",
            {},
            {
                "listeners": [
                    {
                        "loadBalancerArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
                        "protocol": "HTTP",
                        "defaultActions": [{"type": "redirect"}],
                    }
                ]
            },
            "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/edge/50dc6c495c0c9188",
            True,
        ),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("elasticloadbalancing", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("ModifyListener", {}),
        ("CreateListener", {"loadBalancerArn": "edge"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("elasticloadbalancing", call, request_)
