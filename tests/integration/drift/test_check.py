"""The drift check against the real shapes of EC2 and S3."""

import json
from typing import Any

from inprocess import Account
from opsplane.adapters.aws.state_bucket import S3StateReader
from opsplane.drift.check import DriftPorts, answer
from opsplane.ledger.item import ItemState


def rule(port: int, cidr: str) -> list[dict[str, Any]]:
    """One permission."""
    return [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": cidr}]}]


def state(group: str, other: str) -> bytes:
    """A state with two groups: one lets a network in, the other one lets the first one in."""
    groups = [
        {"index_key": key, "attributes": {"id": each, "ingress": []}}
        for key, each in {"app": group, "db": other}.items()
    ]
    shared = {"ip_protocol": "tcp", "from_port": 443, "to_port": 443}
    rules = [
        {"index_key": "app", "attributes": {**shared, "security_group_id": group, "cidr_ipv4": "10.0.0.0/8"}},
        {
            "index_key": "db",
            "attributes": {**shared, "security_group_id": other, "referenced_security_group_id": group},
        },
    ]
    resources = [
        {"mode": "managed", "type": "aws_security_group", "name": "this", "instances": groups},
        {"mode": "managed", "type": "aws_vpc_security_group_ingress_rule", "name": "this", "instances": rules},
    ]
    return json.dumps({"version": 4, "serial": 1, "lineage": "x", "resources": resources}).encode()


def test_drift_is_found_told_and_resolved(aws: Account) -> None:
    """From a clean group, over a rule made by hand, back to a clean one."""
    ec2 = aws.client("ec2")
    group, other = (ec2.create_security_group(GroupName=name, Description=name)["GroupId"] for name in ("app", "db"))
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule(443, "10.0.0.0/8"))
    pair = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "UserIdGroupPairs": [{"GroupId": group}]}
    ec2.authorize_security_group_ingress(GroupId=other, IpPermissions=[pair])
    aws.client("s3").create_bucket(Bucket="states")
    aws.client("s3").put_object(Bucket="states", Key="terraform.tfstate", Body=state(group, other))
    ports = DriftPorts(aws.ports(), S3StateReader("states", "terraform.tfstate"))

    clean = answer({"kind": "daily"}, ports)
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=rule(22, "0.0.0.0/0"))
    drifted = answer({"kind": "daily"}, ports)
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rule(22, "0.0.0.0/0"))
    again = answer({"kind": "daily"}, ports)

    assert (clean["differing"], drifted["differing"], again["differing"]) == ([], [group], [])
    assert again["resolved"] == drifted["told"]
    [item] = ports.core.ledger.recent_items(10)
    assert (item.state, "tcp 22 from 0.0.0.0/0" in item.title) == (ItemState.RESOLVED, True)
