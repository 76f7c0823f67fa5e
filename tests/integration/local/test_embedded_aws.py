"""The embedded AWS through its one endpoint: both emulators, the trail, and what survives a restart."""

import getpass
import json
import time
from typing import Any, Protocol

import boto3
import pytest
from botocore.exceptions import ClientError
from opsplane_local.emulators import Settings, state_is_complete

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 10.0
SSH_FROM_EVERYWHERE = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


class Aws(Protocol):
    """What the tests use of the embedded AWS."""

    settings: Settings

    def start(self) -> None:
        """Start all processes."""

    def stop(self) -> None:
        """Stop all processes cleanly."""

    def client(self, service: str) -> Any:
        """Return a client of the one endpoint."""


@pytest.fixture(scope="module")
def trail(embedded_aws: Aws) -> str:
    """Return the address of a queue that gets every CloudTrail event of the default bus."""
    sqs, events = embedded_aws.client("sqs"), embedded_aws.client("events")
    url: str = sqs.create_queue(QueueName="trail")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = json.dumps({"detail-type": ["AWS API Call via CloudTrail"]})
    events.put_rule(Name="trail", EventPattern=pattern)
    events.put_targets(Rule="trail", Targets=[{"Id": "queue", "Arn": arn}])
    return url


def wait_for_event(aws: Aws, queue: str, name: str) -> dict[str, Any]:
    """Return the next event called `name` from the queue, and how it looked."""
    sqs = aws.client("sqs")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for message in sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", []):
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            event: dict[str, Any] = json.loads(message["Body"])
            if event["detail"]["eventName"] == name:
                return event
    pytest.fail(f"no event {name} within {PATIENCE_SECONDS} s")


def open_group(aws: Aws, name: str) -> str:
    """Make a security group that is open to the world and return its id."""
    ec2 = aws.client("ec2")
    group: str = ec2.create_security_group(GroupName=name, Description="test")["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[SSH_FROM_EVERYWHERE])
    return group


def test_one_endpoint_serves_both_emulators(embedded_aws: Aws) -> None:
    """A client needs no second address, and both have the same account."""
    topics = embedded_aws.client("sns").list_topics()["Topics"]
    vpcs = embedded_aws.client("ec2").describe_vpcs()["Vpcs"]
    caller = embedded_aws.client("sts").get_caller_identity()

    assert topics == []
    assert [vpc["OwnerId"] for vpc in vpcs] == ["000000000000"]
    assert caller["Account"] == "000000000000"


def test_objects_with_difficult_names_survive_the_gateway(embedded_aws: Aws) -> None:
    """The path is signed and passed on byte for byte."""
    s3 = embedded_aws.client("s3")
    s3.create_bucket(Bucket="difficult")
    names = ["a b/ü+%.txt", "x=1&y=2", "double//slash", "dots/../here"]

    for name in names:
        s3.put_object(Bucket="difficult", Key=name, Body=name.encode())

    found = {item["Key"] for item in s3.list_objects_v2(Bucket="difficult")["Contents"]}
    assert found == set(names)
    assert s3.get_object(Bucket="difficult", Key=names[0])["Body"].read() == names[0].encode()


def test_opened_group_appears_on_the_default_bus(embedded_aws: Aws, trail: str) -> None:
    """The rule's target gets the event as AWS would send it, with the person who did it."""
    group = open_group(embedded_aws, "opened")

    event = wait_for_event(embedded_aws, trail, "AuthorizeSecurityGroupIngress")

    assert (event["source"], event["account"], event["region"]) == ("aws.ec2", "000000000000", "us-east-1")
    detail = event["detail"]
    assert detail["requestParameters"]["groupId"] == group
    [permission] = detail["requestParameters"]["ipPermissions"]["items"]
    assert permission["ipRanges"] == {"items": [{"cidrIp": "0.0.0.0/0"}]}
    [rule] = detail["responseElements"]["securityGroupRuleSet"]["items"]
    assert rule["securityGroupRuleId"].startswith("sgr-")
    assert rule["cidrIpv4"] == "0.0.0.0/0"
    assert detail["userIdentity"]["type"] == "IAMUser"
    assert detail["userIdentity"]["userName"] == getpass.getuser()


def test_call_of_a_role_names_the_role(embedded_aws: Aws, trail: str) -> None:
    """A call with a role's credentials is told apart from the person's, on both emulators."""
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = embedded_aws.client("iam").create_role(RoleName="quarantine", AssumeRolePolicyDocument=document)["Role"]
    session = embedded_aws.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="case-7")["Credentials"]

    ec2 = boto3.client(
        "ec2",
        endpoint_url=embedded_aws.settings.gateway_url,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    ec2.create_security_group(GroupName="by-role", Description="test")

    event = wait_for_event(embedded_aws, trail, "CreateSecurityGroup")
    while event["detail"]["requestParameters"]["groupName"] != "by-role":
        event = wait_for_event(embedded_aws, trail, "CreateSecurityGroup")

    identity = event["detail"]["userIdentity"]
    assert identity["type"] == "AssumedRole"
    assert identity["arn"] == "arn:aws:sts::000000000000:assumed-role/quarantine/case-7"
    assert identity["sessionContext"]["sessionIssuer"]["arn"] == role["Arn"]
    assert identity["principalId"] == f"{role['RoleId']}:case-7"


def test_role_may_only_do_what_its_policy_says(embedded_aws: Aws) -> None:
    """Calls that ministack serves are checked against the caller's policies."""
    session = embedded_aws.client("sts").assume_role(
        RoleArn="arn:aws:iam::000000000000:role/quarantine", RoleSessionName="case-8"
    )["Credentials"]
    sqs = boto3.client(
        "sqs",
        endpoint_url=embedded_aws.settings.gateway_url,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )

    with pytest.raises(ClientError, match="AccessDenied"):
        sqs.create_queue(QueueName="forbidden")


def test_state_survives_a_clean_stop(embedded_aws: Aws, trail: str) -> None:
    """What both emulators held is there again under the same ids, and the trail goes on."""
    group = open_group(embedded_aws, "kept")
    vpcs = embedded_aws.client("ec2").describe_vpcs()["Vpcs"]
    embedded_aws.client("ssm").put_parameter(Name="/kept", Value="yes", Type="String")

    embedded_aws.stop()
    complete = state_is_complete(embedded_aws.settings.home)
    embedded_aws.start()

    assert complete
    assert not state_is_complete(embedded_aws.settings.home)
    [found] = embedded_aws.client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert [rule["CidrIp"] for rule in found["IpPermissions"][0]["IpRanges"]] == ["0.0.0.0/0"]
    assert vpcs == embedded_aws.client("ec2").describe_vpcs()["Vpcs"]
    assert embedded_aws.client("ssm").get_parameter(Name="/kept")["Parameter"]["Value"] == "yes"
    embedded_aws.client("ec2").delete_security_group(GroupId=group)
    assert wait_for_event(embedded_aws, trail, "DeleteSecurityGroup")["detail"]["requestParameters"]["groupId"] == group
