"""The way into other accounts: through their role, with the external id, in the region of the resource."""

from typing import Any

import boto3
import pytest
from builders import group_opened, settings
from inprocess import Account
from opsplane import commands, execution, flow
from opsplane.adapters.aws.accounts import AwsAccounts
from opsplane.decisions.decision import Outcome
from opsplane.errors import NotEnrolled
from opsplane.records import find_action
from opsplane.signals.signal import Resource

MEMBER = "111122223333"


def member(service: str, region: str) -> Any:
    """A client in the enrolled account, as its own people have it."""
    role = f"arn:aws:iam::{MEMBER}:role/admin"
    keys = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="admin")["Credentials"]
    session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], region_name=region)
    return session.client(service)  # type: ignore[call-overload]


def open_group(region: str) -> str:
    """A group in the enrolled account that is open to the internet."""
    ec2 = member("ec2", region)
    group: str = ec2.create_security_group(GroupName="open", Description="open")["GroupId"]
    permission = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    return group


def ingress(region: str, group: str) -> list[str]:
    """The sources of the group's ingress rules."""
    filters = [{"Name": "group-id", "Values": [group]}]
    rules = member("ec2", region).describe_security_group_rules(Filters=filters)["SecurityGroupRules"]
    return [rule["CidrIpv4"] for rule in rules if not rule["IsEgress"]]


def test_an_event_of_an_enrolled_account_is_answered_there_and_in_its_region(aws: Account) -> None:
    """Our own account has no such group; undo goes the same way."""
    group = open_group("eu-west-1")
    event = group_opened(group, account=MEMBER, region="eu-west-1")
    ports = aws.ports(spokes=MEMBER, external_id="opsplane-1")

    [record] = flow.receive(event, ports)

    assert (record.outcome, ingress("eu-west-1", group)) == (Outcome.ACT, [])
    commands.undo(str(record.action_id), "bob", ports)
    execution.carry_out(find_action(str(record.action_id), ports), "request-1", ports)
    assert ingress("eu-west-1", group) == ["0.0.0.0/0"]


def test_an_account_that_did_not_enrol_is_refused_and_kept(aws: Account) -> None:
    """Its event waits whole in the queue, and its resources are not even read."""
    [record] = flow.receive(group_opened(account="999999999999"), aws.ports(spokes=MEMBER))

    assert record.outcome is Outcome.REFUSE
    assert len(aws.unhandled()) == 1


def test_credentials_are_assumed_once_and_name_us(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """One AssumeRole an hour for each account, with the external id that its role asks for."""
    assert aws
    asked: list[dict[str, Any]] = []
    accounts = AwsAccounts(settings(spokes=MEMBER, external_id="opsplane-1"))
    sts = boto3.client("sts")

    def assume_role(**request: Any) -> Any:
        asked.append(request)
        return sts.assume_role(**request)

    monkeypatch.setattr(
        "opsplane.adapters.aws.accounts.client", lambda _: type("Sts", (), {"assume_role": staticmethod(assume_role)})
    )
    for region in ("us-east-1", "eu-west-1"):
        accounts.reach(Resource(type="AWS::S3::Bucket", id="b", account=MEMBER, region=region))

    [request] = asked
    assert (request["RoleArn"], request["ExternalId"]) == (f"arn:aws:iam::{MEMBER}:role/opsplane-spoke", "opsplane-1")


def test_an_account_that_is_not_named_is_not_tried() -> None:
    """No AssumeRole into the unknown."""
    with pytest.raises(NotEnrolled, match="account 999999999999 is not enrolled"):
        AwsAccounts(settings()).reach(Resource(type="T", id="x", account="999999999999", region="us-east-1"))
