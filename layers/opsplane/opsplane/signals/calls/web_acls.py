"""WAF: the web ACL in front of a load balancer."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record
from opsplane.signals.signal import Kind

_ARN = re.compile(r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/[\w-]{1,32}/[a-f0-9]{16}")
_TYPE = "AWS::ElasticLoadBalancingV2::LoadBalancer"


def read_association(record: Record) -> tuple[Heard, ...]:
    """AssociateWebACL and DisassociateWebACL; what stands in front of anything else is not ours to judge."""
    resource = record.text("resourceArn")
    if not _ARN.fullmatch(resource):
        harmless = "it is about no application load balancer"
        return (Heard(kind=Kind.LOAD_BALANCER, type=_TYPE, id=resource or "unknown", harmless=harmless),)
    fine = "the call puts a web ACL in front" if record.call == "AssociateWebACL" else None
    return (Heard(kind=Kind.LOAD_BALANCER, type=_TYPE, id=resource, looks_fine=fine),)


CALLS: Mapping[str, Reader] = {"AssociateWebACL": read_association, "DisassociateWebACL": read_association}
