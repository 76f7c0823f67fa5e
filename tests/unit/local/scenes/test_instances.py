"""Scenes with instances leave a real machine that the finding speaks of."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from opsplane_local.scenes import Event, Scene

type Play = Callable[[str], Scene]

FINDINGS = ["ec2-crypto-mining", "ec2-ssh-brute-force-target", "archived-finding"]


def live_instance(session: boto3.Session, instance: str) -> Any:
    """Return what EC2 says of `instance` now."""
    answer = session.client("ec2").describe_instances(InstanceIds=[instance])
    return answer["Reservations"][0]["Instances"][0]


@pytest.mark.parametrize("finding", FINDINGS)
def test_the_instance_of_a_finding_is_running(session: boto3.Session, play: Play, finding: str) -> None:
    """The finding names a running instance, its network interface, subnet, VPC and group."""
    scene = play(f"guardduty/{finding}.json")

    said = scene.event["detail"]["resource"]["instanceDetails"]
    live = live_instance(session, said["instanceId"])
    interface = said["networkInterfaces"][0]
    assert live["State"]["Name"] == "running"
    assert interface["networkInterfaceId"] == live["NetworkInterfaces"][0]["NetworkInterfaceId"]
    assert (interface["subnetId"], interface["vpcId"]) == (live["SubnetId"], live["VpcId"])
    assert interface["securityGroups"] == [
        {"groupId": group["GroupId"], "groupName": group["GroupName"]} for group in live["SecurityGroups"]
    ]


@pytest.mark.parametrize("finding", FINDINGS)
def test_nothing_of_the_sample_instance_is_left(play: Play, load: Callable[[str], Event], finding: str) -> None:
    """No text of the event, the title included, names the instance that exists only on paper."""
    paper = load(f"guardduty/{finding}.json")["detail"]["resource"]["instanceDetails"]["instanceId"]

    scene = play(f"guardduty/{finding}.json")

    assert paper not in json.dumps(scene.event)
    assert scene.resources[0] in scene.event["detail"]["title"]


def test_a_repeated_finding_is_about_the_same_instance_and_is_new(play: Play) -> None:
    """The instance is reused; the finding's id is another one, also in its ARN."""
    first = play("guardduty/ec2-crypto-mining.json")

    second = play("guardduty/ec2-crypto-mining.json")

    assert second.resources == first.resources
    assert second.event["detail"]["id"] != first.event["detail"]["id"]
    assert second.event["detail"]["arn"].endswith(second.event["detail"]["id"])


def test_a_stopped_and_isolated_instance_is_put_back(session: boto3.Session, play: Play) -> None:
    """After a response stopped the instance and took its group away, it runs in its own group again."""
    ec2 = session.client("ec2")
    [instance] = play("guardduty/ec2-crypto-mining.json").resources
    before = live_instance(session, instance)
    isolation = ec2.create_security_group(GroupName="isolation", Description="none", VpcId=before["VpcId"])["GroupId"]
    ec2.modify_instance_attribute(InstanceId=instance, Groups=[isolation])
    ec2.stop_instances(InstanceIds=[instance])

    play("guardduty/ec2-crypto-mining.json")

    after = live_instance(session, instance)
    assert after["State"]["Name"] == "running"
    assert after["SecurityGroups"] == before["SecurityGroups"]


def test_a_terminated_instance_is_replaced(session: boto3.Session, play: Play) -> None:
    """The next finding gets a new instance."""
    [gone] = play("guardduty/ec2-crypto-mining.json").resources
    session.client("ec2").terminate_instances(InstanceIds=[gone])

    [instance] = play("guardduty/ec2-crypto-mining.json").resources

    assert instance != gone
    assert live_instance(session, instance)["State"]["Name"] == "running"


def test_going_down_finds_something_awake(session: boto3.Session, play: Play) -> None:
    """The edge is sent as it stands, and dev has a running instance to stop."""
    scene = play("schedule/environment-down.json")

    assert scene.event == {"kind": "edge", "edge": "down", "environment": "dev"}
    live = live_instance(session, scene.resources[0])
    assert live["State"]["Name"] == "running"
    assert {"Key": "Environment", "Value": "dev"} in live["Tags"]
