"""The AWS API that playbooks read and steps call."""

import pytest
from inprocess import Account
from opsplane.adapters.aws.api import AwsApi
from opsplane.errors import PermanentError, ResourceNotFound
from opsplane.playbooks.plan import Call


def group(aws: Account) -> str:
    """An empty security group."""
    made = aws.client("ec2").create_security_group(GroupName="web", Description="web")
    return str(made["GroupId"])


def test_a_call_takes_effect_and_answers_without_noise(aws: Account) -> None:
    """What boto3 adds for itself is not part of the answer."""
    name = group(aws)
    permission = {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    call = Call(
        service="ec2",
        operation="authorize_security_group_ingress",
        parameters={"GroupId": name, "IpPermissions": [permission]},
    )

    answer = AwsApi("us-east-1").call(call)

    assert "ResponseMetadata" not in answer
    assert answer["SecurityGroupRules"][0]["CidrIpv4"] == "10.0.0.0/8"


def test_pages_are_joined(aws: Account) -> None:
    """More rules than a page has are all read."""
    name = group(aws)
    permissions = [
        {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
        for port in range(1, 41)
    ]
    aws.client("ec2").authorize_security_group_ingress(GroupId=name, IpPermissions=permissions)
    filters = [{"Name": "group-id", "Values": [name]}]

    answer = AwsApi("us-east-1").read("ec2", "describe_security_group_rules", Filters=filters, MaxResults=5)

    assert len([rule for rule in answer["SecurityGroupRules"] if not rule["IsEgress"]]) == 40


def test_a_read_without_pages_is_one_call(aws: Account) -> None:
    """S3 answers whole."""
    aws.client("s3").create_bucket(Bucket="reports-archive")

    answer = AwsApi("us-east-1").read("s3", "get_bucket_acl", Bucket="reports-archive")

    assert set(answer) == {"Owner", "Grants"}


def test_an_operation_that_the_usual_client_leaves_out_is_read_and_called(aws: Account) -> None:
    """Rare ones are not in the excerpts that clients are made from."""
    assert aws
    api = AwsApi("us-east-1")

    made = api.call(Call(service="ec2", operation="create_vpc", parameters={"CidrBlock": "10.1.0.0/16"}))

    zones = api.read("ec2", "describe_availability_zones")["AvailabilityZones"]
    assert made["Vpc"]["CidrBlock"] == "10.1.0.0/16"
    assert {zone["RegionName"] for zone in zones} == {"us-east-1"}


def test_what_does_not_exist_is_said_not_to(aws: Account) -> None:
    """With the service, the operation and AWS's own words."""
    assert aws
    with pytest.raises(ResourceNotFound, match=r"ec2 describe_security_groups: InvalidGroup\.NotFound"):
        AwsApi("us-east-1").read("ec2", "describe_security_groups", GroupIds=["sg-0123456789abcdef0"])


def test_a_call_that_boto3_does_not_take_is_permanent(aws: Account) -> None:
    """Trying again would not help."""
    assert aws
    with pytest.raises(PermanentError, match="s3 get_bucket_acl: Parameter validation failed"):
        AwsApi("us-east-1").read("s3", "get_bucket_acl", Bukket="reports")
