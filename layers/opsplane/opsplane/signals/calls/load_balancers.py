"""Elastic Load Balancing: listeners of application load balancers."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked, items
from opsplane.signals.signal import Kind

_ARN = re.compile(r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/[\w-]{1,32}/[a-f0-9]{16}")


def read_listener(record: Record) -> tuple[Heard, ...]:
    """CreateListener and ModifyListener: which load balancer, and whether the listener serves without TLS."""
    listeners = items(record.response.get("listeners"))
    found = listeners[0] if listeners else {}
    named = record.text("loadBalancerArn") or found.get("loadBalancerArn")
    arn = checked(record, named, _ARN, "AWS::ElasticLoadBalancingV2::LoadBalancer")
    actions = items(found.get("defaultActions")) or items(record.value("defaultActions"))
    protocol = found.get("protocol") or record.text("protocol")
    plain = protocol == "HTTP" and not any(each.get("type") == "redirect" for each in actions)
    fine = None if plain else "the listener speaks TLS or redirects to it"
    return (Heard(kind=Kind.LOAD_BALANCER, type="AWS::ElasticLoadBalancingV2::LoadBalancer", id=arn, looks_fine=fine),)


CALLS: Mapping[str, Reader] = {"CreateListener": read_listener, "ModifyListener": read_listener}
