"""A load balancer that serves without TLS, or that lost its firewall, gets both back.

https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html (ELB.1)
https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
"""

from typing import Any

from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, Step, call, change, part, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_ACL = "web ACL"
_REDIRECT: JsonObject = {
    "Type": "redirect",
    "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"},
}


def observe(api: Api, subject: Subject) -> Observation:
    """What each listener does by default, and the web ACL in front."""
    arn = subject.resource.id
    [found] = api.read("elbv2", "describe_load_balancers", LoadBalancerArns=[arn])["LoadBalancers"]
    listeners = api.read("elbv2", "describe_listeners", LoadBalancerArn=arn)["Listeners"]
    tags = api.read("elbv2", "describe_tags", ResourceArns=[arn])["TagDescriptions"]
    acl = part(api, "wafv2", "get_web_acl_for_resource", ResourceArn=arn).get("WebACL")
    state: dict[str, Json] = {_target(each): _actions(each["DefaultActions"]) for each in listeners}
    if acl:
        state[_ACL] = acl["ARN"]
    return Observation(
        tags=tags_of(tags[0]["Tags"]) if tags else {},
        state=state,
        evidence={"load_balancer": found["LoadBalancerName"], "listeners": listeners},
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """A redirect for each HTTP listener, where HTTPS is served; and the web ACL that it had."""
    listeners = found.evidence["listeners"]
    encrypted = any(each["Protocol"] == "HTTPS" for each in listeners)
    bare = [each for each in listeners if each["Protocol"] == "HTTP" and not _redirects(each)]
    steps = [_redirect_step(each, found) for each in bare] if encrypted else []
    former = found.former.get(_ACL)
    if former and _ACL not in found.state:
        steps.append(_acl_step(subject.resource.id, former))
    return tuple(steps)


def remember(found: Observation, _: Parameters) -> JsonObject:
    """The web ACL, once there is one."""
    acl = found.state.get(_ACL) or found.former.get(_ACL)
    return {_ACL: acl} if acl else {}


def _target(listener: dict[str, Any]) -> str:
    return f"default action of {listener['Protocol']} listener {listener['Port']}"


def _actions(actions: list[dict[str, Any]]) -> Json:
    """Default actions as they can be set again; Order is AWS's own and may be missing."""
    return [{key: value for key, value in sorted(each.items()) if key != "Order"} for each in actions]


def _redirects(listener: dict[str, Any]) -> bool:
    configs = (each.get("RedirectConfig", {}) for each in listener["DefaultActions"] if each["Type"] == "redirect")
    return any(config.get("Protocol") == "HTTPS" for config in configs)


def _redirect_step(listener: dict[str, Any], found: Observation) -> Step:
    arn, target = listener["ListenerArn"], _target(listener)

    def to(value: Json) -> tuple[Call, ...]:
        return (call("elbv2", "modify_listener", ListenerArn=arn, DefaultActions=value),)

    summary = f"Redirect port {listener['Port']} of {found.evidence['load_balancer']} to HTTPS"
    return change(target, summary, before=found.state[target], after=[_REDIRECT], to=to)


def _acl_step(arn: str, former: str) -> Step:
    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("wafv2", "disassociate_web_acl", ResourceArn=arn),)
        return (call("wafv2", "associate_web_acl", ResourceArn=arn, WebACLArn=value),)

    summary = f"Put web ACL {former.rsplit('/', 2)[-2]} in front of the load balancer again"
    return change(_ACL, summary, before=None, after=former, to=to)


PLAYBOOK = Playbook(
    name="alb-edge",
    family=Family.NETWORK,
    summary="Redirects plain HTTP to HTTPS where that is served, and puts the web ACL back that a load balancer had.",
    problem="Load balancer {id} serves without its protection",
    risk="Clients that speak only HTTP are turned away.",
    rights=(
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:SetWebACL",
        "wafv2:AssociateWebACL",
        "wafv2:DisassociateWebACL",
        "wafv2:GetWebACLForResource",
    ),
    acts_on=("cloudtrail/alb-listener-plain.json", "cloudtrail/alb-web-acl-taken-off.json"),
    leaves=("cloudtrail/alb-listener-redirects.json",),
    observe=observe,
    plan=plan,
    remember=remember,
    disruptive=True,
)
