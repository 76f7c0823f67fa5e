"""The security group playbook against EC2, emulated in process, with all adapters."""

from dataclasses import replace
from typing import Any

import pytest
from builders import group_opened, shipped
from cloud import ACCOUNT, Cloud, rule
from inprocess import Account
from opsplane import commands, execution, flow
from opsplane.actions.action import ActionState
from opsplane.adapters.memory.accounts import MemoryAccounts
from opsplane.decisions.decision import Outcome
from opsplane.policies.policy import Limits
from opsplane.records import find_action

TAGS = [{"ResourceType": "security-group-rule", "Tags": [{"Key": "owner", "Value": "alice"}]}]


def permission(port: int, *cidrs: str, **more: Any) -> dict[str, Any]:
    """One IpPermission with a description for each range."""
    four = [{"CidrIp": cidr, "Description": f"{cidr} for a test"} for cidr in cidrs if ":" not in cidr]
    six = [{"CidrIpv6": cidr, "Description": "six"} for cidr in cidrs if ":" in cidr]
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": four, "Ipv6Ranges": six, **more}


def make(aws: Account, *permissions: dict[str, Any], **tags: str) -> str:
    """A group with rules; each rule is tagged."""
    ec2 = aws.client("ec2")
    name = ec2.create_security_group(GroupName="web", Description="web")["GroupId"]
    for each in permissions:
        ec2.authorize_security_group_ingress(GroupId=name, IpPermissions=[each], TagSpecifications=TAGS)
    for key, value in tags.items():
        ec2.create_tags(Resources=[name], Tags=[{"Key": key.replace("__", ":").replace("_", "-"), "Value": value}])
    return str(name)


def rules(aws: Account, name: str) -> list[tuple[Any, ...]]:
    """Every ingress rule with all that AWS says of it, but its id."""
    answer = aws.client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [name]}])
    shown = [rule for rule in answer["SecurityGroupRules"] if not rule["IsEgress"]]
    parts = ("IpProtocol", "FromPort", "ToPort", "CidrIpv4", "CidrIpv6", "Description", "Tags")
    return sorted((tuple(str(rule.get(part)) for part in parts) for rule in shown), key=str)


def test_a_group_is_closed_verified_and_put_back_exactly(aws: Account) -> None:
    """Both families, descriptions and tags; neighbours on the same port are never touched."""
    name = make(aws, permission(22, "0.0.0.0/0", "10.20.0.0/16", "::/0"), permission(3389, "0.0.0.0/1", "128.0.0.0/1"))
    before, ports = rules(aws, name), aws.ports()

    record = flow.receive(group_opened(name), ports)[0]
    closed = rules(aws, name)
    commands.undo(str(record.action_id), "bob", ports)
    undone = execution.carry_out(find_action(str(record.action_id), ports), "request-1", ports)

    assert record.outcome is Outcome.ACT
    assert [rule[3] for rule in closed] == ["10.20.0.0/16"]
    assert undone.state is ActionState.UNDONE
    assert rules(aws, name) == before


@pytest.mark.parametrize(
    "open_rule",
    [
        {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
        {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
        {"IpProtocol": "udp", "FromPort": 0, "ToPort": 65535, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]},
    ],
)
def test_rules_of_every_protocol_are_revoked_and_come_back(aws: Account, open_rule: dict[str, Any]) -> None:
    """EC2 shows "all traffic" with ports of minus one and wants it without ports."""
    name = make(aws, open_rule)
    before, ports = rules(aws, name), aws.ports()

    record = flow.receive(group_opened(name), ports)[0]
    closed = rules(aws, name)
    commands.undo(str(record.action_id), "bob", ports)
    execution.carry_out(find_action(str(record.action_id), ports), "request-1", ports)

    assert closed == []
    assert rules(aws, name) == before


def test_the_load_balancers_group_is_left(aws: Account) -> None:
    """Ports that its tag claims and policy lets it claim."""
    name = make(aws, permission(443, "0.0.0.0/0", "::/0"), opsplane__allow_world_ingress="80 443")

    record = flow.receive(group_opened(name), aws.ports())[0]

    assert record.outcome is Outcome.IGNORE
    assert len(rules(aws, name)) == 2


def test_a_protected_group_is_asked_about_and_closed_on_approval(aws: Account) -> None:
    """The person who approves stands in the trail."""
    name = make(aws, permission(22, "0.0.0.0/0"), opsplane__protected="true")
    ports = aws.ports()

    record = flow.receive(group_opened(name), ports)[0]
    waiting = rules(aws, name)
    commands.approve(str(record.action_id), "bob", ports)
    ended = execution.carry_out(find_action(str(record.action_id), ports), "request-1", ports)

    assert record.outcome is Outcome.ASK
    assert len(waiting) == 1
    assert (ended.state, rules(aws, name)) == (ActionState.VERIFIED, [])
    assert "bob" in {entry.by for entry in ports.ledger.entries(str(record.item_id))}


def test_what_the_record_holds_is_what_was_there(aws: Account) -> None:
    """The plan in the ledger still has every rule whole, after the group is gone."""
    name = make(aws, permission(22, "0.0.0.0/0"))
    ports = aws.ports()
    record = flow.receive(group_opened(name), ports)[0]
    aws.client("ec2").delete_security_group(GroupId=name)

    action = ports.ledger.action(str(record.action_id))

    assert action is not None
    assert action.plan.evidence["rules"][0]["Tags"] == [{"Key": "owner", "Value": "alice"}]
    assert action.plan.steps[0].before == {"description": "0.0.0.0/0 for a test", "tags": {"owner": "alice"}}


def test_a_rule_that_was_modified_gets_its_former_source_back(aws: Account) -> None:
    """Seen in order once, widened later: the office is let in again."""
    name = make(aws, permission(22, "10.20.0.0/16"))
    ports = aws.ports()
    flow.receive(group_opened(name, id="event-0"), ports)
    before = rules(aws, name)
    ec2 = aws.client("ec2")
    found = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [name]}])["SecurityGroupRules"]
    [rule_id] = [rule["SecurityGroupRuleId"] for rule in found if not rule["IsEgress"]]
    wide = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0", "Description": "temporary"}
    ec2.modify_security_group_rules(
        GroupId=name, SecurityGroupRules=[{"SecurityGroupRuleId": rule_id, "SecurityGroupRule": wide}]
    )
    changed = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [name]}])["SecurityGroupRules"]
    if rule_id not in {rule["SecurityGroupRuleId"] for rule in changed}:
        pytest.skip("the emulator gives a modified rule a new id, where EC2 keeps it")

    flow.receive(group_opened(name, id="event-1"), ports)

    assert rules(aws, name) == before


def test_a_group_with_very_many_open_rules_is_closed_and_recorded(aws: Account) -> None:
    """EC2 allows 60 rules for each family: more steps than one DynamoDB transaction has room for."""
    open_rules = (rule(1000 + port, cidr) for port in range(60) for cidr in ("0.0.0.0/0", "::/0"))
    cloud = Cloud().open_group(*open_rules)
    unlimited = shipped().model_copy(update={"limits": Limits(steps=500)})
    ports = replace(aws.ports(), accounts=MemoryAccounts(ACCOUNT, cloud), policies=unlimited)

    record = flow.receive(group_opened(), ports)[0]

    action = ports.ledger.action(str(record.action_id))
    assert action is not None
    assert action.state is ActionState.VERIFIED
