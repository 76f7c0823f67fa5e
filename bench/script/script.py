"""The least that does it: read the group, revoke what is open to the world. No record, no check, no way back."""

from functools import cache
from typing import Any

import boto3

_WORLD = "0.0.0.0/0"


def lambda_handler(event: dict[str, Any], context: object) -> None:  # noqa: ARG001 - Lambda passes it
    """Close the group of one event."""
    ec2 = _client()
    group = event["detail"]["requestParameters"]["groupId"]
    found = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    opened = [
        {**{key: rule[key] for key in ("IpProtocol", "FromPort", "ToPort") if key in rule}, "IpRanges": [source]}
        for rule in found
        for source in rule["IpRanges"]
        if source["CidrIp"] == _WORLD
    ]
    if opened:
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=opened)


@cache
def _client() -> Any:
    return boto3.client("ec2")
