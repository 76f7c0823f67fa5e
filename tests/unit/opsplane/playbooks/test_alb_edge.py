"""A load balancer that serves without TLS, or that lost its firewall."""

from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from planned import calls, plan, subject

ALB = subject("AWS::ElasticLoadBalancingV2::LoadBalancer", "arn:aws:elasticloadbalancing:::loadbalancer/app/web/1")
ACL = "arn:aws:wafv2:us-east-1:000000000000:regional/webacl/edge/1"
FORWARD = [{"Type": "forward", "TargetGroupArn": "tg"}]
REDIRECT = [{"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS"}}]


def listener(protocol: str, port: int, actions: list[dict[str, Any]]) -> dict[str, Any]:
    """One listener as ELB shows it."""
    return {"ListenerArn": f"arn-{port}", "Protocol": protocol, "Port": port, "DefaultActions": actions}


def seen(*listeners: dict[str, Any], acl: str | None = None, former: str | None = None) -> Observation:
    """A load balancer with listeners, its web ACL and the one that it had."""
    state: dict[str, Any] = {
        f"default action of {each['Protocol']} listener {each['Port']}": each["DefaultActions"] for each in listeners
    }
    return Observation(
        state=state | ({"web ACL": acl} if acl else {}),
        evidence={"listeners": list(listeners), "load_balancer": "web"},
        former={"web ACL": former} if former else {},
    )


def test_plain_http_is_redirected_where_https_is_served() -> None:
    """The other listener stays as it is."""
    [step] = plan("alb-edge", ALB, seen(listener("HTTP", 80, FORWARD), listener("HTTPS", 443, FORWARD)))

    assert step.target == "default action of HTTP listener 80"
    assert step.undo[0].parameters["DefaultActions"] == FORWARD


@pytest.mark.parametrize(
    "listeners",
    [
        [listener("HTTP", 80, FORWARD)],
        [listener("HTTP", 80, REDIRECT), listener("HTTPS", 443, FORWARD)],
        [listener("HTTPS", 443, FORWARD)],
        [],
    ],
)
def test_nothing_is_redirected_to_where_nobody_listens_or_twice(listeners: list[dict[str, Any]]) -> None:
    """Without HTTPS, a redirect would be an outage."""
    assert plan("alb-edge", ALB, seen(*listeners)) == ()


def test_the_firewall_that_it_had_comes_back() -> None:
    """Undo takes it away again."""
    steps = plan("alb-edge", ALB, seen(former=ACL))

    assert (calls(steps), calls(steps, "undo")) == (["associate_web_acl"], ["disassociate_web_acl"])


@pytest.mark.parametrize(("acl", "former"), [(None, None), (ACL, ACL), ("another", ACL)])
def test_a_firewall_that_nobody_knew_or_that_is_there_is_left(acl: str | None, former: str | None) -> None:
    """Another web ACL is somebody's decision."""
    assert plan("alb-edge", ALB, seen(acl=acl, former=former)) == ()
