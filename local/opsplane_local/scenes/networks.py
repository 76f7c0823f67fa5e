"""Where scenes put their resources: the base's VPC when there is one, else the account's default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import FilterTypeDef, SubnetTypeDef

ENVIRONMENT: Final = "dev"
"""The environment whose resources the scenes play."""

SAMPLE_TAG: Final = "opsplane:sample"
"""On each EC2 resource of a scene: the name of the sample that it is for."""

_BASE: Final[list[FilterTypeDef]] = [
    {"Name": "tag:Environment", "Values": [ENVIRONMENT]},
    {"Name": "is-default", "Values": ["false"]},
]
_DEFAULT: Final[list[FilterTypeDef]] = [{"Name": "is-default", "Values": ["true"]}]


def choose_vpc(ec2: EC2Client) -> str:
    """Return the id of the VPC for scenes; an account that has neither the base nor a default VPC gets its default.

    The base counts once it has a subnet: until then Terraform is still at work in it.
    """
    bases = (vpc["VpcId"] for vpc in ec2.describe_vpcs(Filters=_BASE)["Vpcs"])
    if base := next((vpc for vpc in bases if _subnets(ec2, vpc)), None):
        return base
    if defaults := ec2.describe_vpcs(Filters=_DEFAULT)["Vpcs"]:
        return defaults[0]["VpcId"]
    return ec2.create_default_vpc()["Vpc"]["VpcId"]


def choose_subnet(ec2: EC2Client, vpc: str) -> str:
    """Return the id of a subnet of `vpc`, as `choose_vpc` chose it; a private one where there is a choice."""
    return min(_subnets(ec2, vpc), key=lambda subnet: (subnet["MapPublicIpOnLaunch"], subnet["SubnetId"]))["SubnetId"]


def _subnets(ec2: EC2Client, vpc: str) -> list[SubnetTypeDef]:
    return ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
