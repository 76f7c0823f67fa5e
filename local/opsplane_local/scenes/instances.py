"""Scenes with EC2 instances: the machine of a finding, and an environment that is awake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.networks import ENVIRONMENT, SAMPLE_TAG, choose_subnet, choose_vpc
from opsplane_local.scenes.scene import Scene
from opsplane_local.scenes.security_groups import ensure_group

if TYPE_CHECKING:
    from mypy_boto3_ec2.type_defs import InstanceTypeDef

    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage

_ALIVE: Final = ["pending", "running", "stopping", "stopped"]
_IMAGE: Final = "ami-01bcdef1234567890"


def run_found_instance(stage: Stage, name: str, event: Event) -> Scene:
    """Have the running instance that a GuardDuty finding is about."""
    said = event["detail"]["resource"]["instanceDetails"]
    live = ensure_running(stage, name)
    return Scene(
        _without_public_address(substitute(event, _replacements(said, live)), live),
        f"instance {live['InstanceId']} now running in group {live['SecurityGroups'][0]['GroupId']}",
        (live["InstanceId"],),
    )


def wake_environment(stage: Stage, name: str, event: Event) -> Scene:
    """Have something awake that going to sleep can stop."""
    live = ensure_running(stage, name)
    return Scene(event, f"instance {live['InstanceId']} of {ENVIRONMENT} now running", (live["InstanceId"],))


def ensure_running(stage: Stage, name: str) -> InstanceTypeDef:
    """Return the instance for the sample `name`, running and in its own group, started or made when it is not."""
    group = ensure_group(stage, name)
    vpc = choose_vpc(stage.ec2)
    live = _find(stage, name, vpc) or _launch(stage, name, vpc, group)
    instance = live["InstanceId"]
    if live["State"]["Name"] in {"stopping", "stopped"}:
        stage.ec2.start_instances(InstanceIds=[instance])
    if [found["GroupId"] for found in live["SecurityGroups"]] != [group]:
        stage.ec2.modify_instance_attribute(InstanceId=instance, Groups=[group])
    return stage.ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]


def _find(stage: Stage, name: str, vpc: str) -> InstanceTypeDef | None:
    answer = stage.ec2.describe_instances(
        Filters=[
            {"Name": f"tag:{SAMPLE_TAG}", "Values": [name]},
            {"Name": "instance-state-name", "Values": _ALIVE},
            {"Name": "vpc-id", "Values": [vpc]},
        ]
    )
    return next((found for group in answer["Reservations"] for found in group["Instances"]), None)


def _launch(stage: Stage, name: str, vpc: str, group: str) -> InstanceTypeDef:
    tags = {"Name": f"opsplane-sample-{name}", "Environment": ENVIRONMENT, SAMPLE_TAG: name}
    return stage.ec2.run_instances(
        ImageId=_IMAGE,
        InstanceType="t3.medium",
        MinCount=1,
        MaxCount=1,
        SubnetId=choose_subnet(stage.ec2, vpc),
        SecurityGroupIds=[group],
        TagSpecifications=[
            {"ResourceType": "instance", "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
        ],
    )["Instances"][0]


def _replacements(said: dict[str, Any], live: InstanceTypeDef) -> dict[str, str]:
    """Return what the finding says of the instance, and of its network interface, and what is true of the live one."""
    said_interface = said["networkInterfaces"][0]
    interface = live["NetworkInterfaces"][0]
    replacements = {
        said["instanceId"]: live["InstanceId"],
        said["imageId"]: live["ImageId"],
        said_interface["networkInterfaceId"]: interface["NetworkInterfaceId"],
        said_interface["subnetId"]: interface["SubnetId"],
        said_interface["vpcId"]: interface["VpcId"],
        said_interface["securityGroups"][0]["groupId"]: live["SecurityGroups"][0]["GroupId"],
        said_interface["privateDnsName"]: interface.get("PrivateDnsName", ""),
        said_interface["privateIpAddress"]: interface["PrivateIpAddress"],
    }
    if public := interface.get("Association"):
        replacements[said_interface["publicDnsName"]] = public["PublicDnsName"]
        replacements[said_interface["publicIp"]] = public["PublicIp"]
    return replacements


def _without_public_address(event: Event, live: InstanceTypeDef) -> Event:
    """Return `event` as GuardDuty writes it of an instance that has no public address, if `live` has none."""
    if not live["NetworkInterfaces"][0].get("Association"):
        interface = event["detail"]["resource"]["instanceDetails"]["networkInterfaces"][0]
        interface["publicDnsName"] = ""
        interface.pop("publicIp", None)
    return event
