"""Security groups as EC2 has them.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupRules.html
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import batched

from opsplane.drift.compare import LiveGroup
from opsplane.drift.rules import IngressRule, live_rule
from opsplane.playbooks.plan import Api

_VALUES = 200
"""A filter takes at most 200 values."""


def live_groups(api: Api, ids: Sequence[str]) -> dict[str, LiveGroup]:
    """The groups of these ids that exist, with their ingress rules and tags.

    Raises:
        AccessDenied: a right is missing. ServiceUnavailable: AWS could not be asked just now.
    """
    tags: dict[str, dict[str, str]] = {}
    rules: dict[str, set[IngressRule]] = defaultdict(set)
    for some in batched(ids, _VALUES):
        filters = [{"Name": "group-id", "Values": list(some)}]
        for group in api.read("ec2", "describe_security_groups", Filters=filters)["SecurityGroups"]:
            tags[group["GroupId"]] = {tag["Key"]: tag["Value"] for tag in group.get("Tags", [])}
        for rule in api.read("ec2", "describe_security_group_rules", Filters=filters)["SecurityGroupRules"]:
            if not rule.get("IsEgress"):
                rules[rule["GroupId"]].add(live_rule(rule))
    return {group: LiveGroup(frozenset(rules[group]), tags[group]) for group in tags}
