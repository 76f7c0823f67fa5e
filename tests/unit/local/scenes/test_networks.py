"""Scenes work beside the base and without it."""

from collections.abc import Callable
from pathlib import Path

import boto3
from opsplane_local.scenes import Event, prepare
from opsplane_local.scenes.networks import choose_subnet, choose_vpc


def make_base(account: boto3.Session) -> str:
    """Make a VPC tagged as the base tags its own and return its id."""
    made = account.client("ec2").create_vpc(
        CidrBlock="10.0.0.0/16",
        TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "Environment", "Value": "dev"}]}],
    )
    return str(made["Vpc"]["VpcId"])


def test_without_the_base_the_default_vpc_is_used(empty_account: boto3.Session) -> None:
    """A fresh account has one VPC."""
    ec2 = empty_account.client("ec2")

    chosen = choose_vpc(ec2)

    assert [chosen] == [vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"]]


def test_the_vpc_of_the_base_is_preferred(empty_account: boto3.Session) -> None:
    """With the base applied, scenes are set there."""
    ec2 = empty_account.client("ec2")
    base = make_base(empty_account)
    ec2.create_subnet(VpcId=base, CidrBlock="10.0.0.0/24")

    assert choose_vpc(ec2) == base


def test_an_account_without_any_vpc_gets_its_default(empty_account: boto3.Session) -> None:
    """Somebody removed the default VPC: the scene makes it anew."""
    ec2 = empty_account.client("ec2")
    default = choose_vpc(ec2)
    for subnet in ec2.describe_subnets()["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    ec2.delete_vpc(VpcId=default)

    chosen = choose_vpc(ec2)

    assert chosen != default
    assert [vpc["IsDefault"] for vpc in ec2.describe_vpcs(VpcIds=[chosen])["Vpcs"]] == [True]


def test_a_private_subnet_is_preferred(empty_account: boto3.Session) -> None:
    """A server does not go where each machine gets a public address."""
    ec2 = empty_account.client("ec2")
    vpc = make_base(empty_account)
    public = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    ec2.modify_subnet_attribute(SubnetId=public, MapPublicIpOnLaunch={"Value": True})
    private = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]

    assert choose_subnet(ec2, vpc) == private


def test_a_base_that_is_still_being_applied_is_left_alone(empty_account: boto3.Session) -> None:
    """A VPC without a subnet is not ready: scenes stay in the default one."""
    ec2 = empty_account.client("ec2")
    unfinished = make_base(empty_account)

    assert choose_vpc(ec2) != unfinished


def test_the_base_takes_over_when_it_is_there(empty_account: boto3.Session, load: Callable[[str], Event]) -> None:
    """A sample that was sent before the base was applied gets its instance in the base the next time."""
    ec2 = empty_account.client("ec2")
    sample = Path("guardduty/ec2-crypto-mining.json")
    first = prepare(sample, load(str(sample)), empty_account)
    base = make_base(empty_account)
    ec2.create_subnet(VpcId=base, CidrBlock="10.0.0.0/24")

    second = prepare(sample, load(str(sample)), empty_account)

    [interface] = second.event["detail"]["resource"]["instanceDetails"]["networkInterfaces"]
    assert interface["vpcId"] == base
    assert (interface["publicDnsName"], "publicIp" in interface) == ("", False)
    assert second.resources != first.resources
