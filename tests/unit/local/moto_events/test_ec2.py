"""What EC2 says of instances."""

from typing import Any

import pytest

pytestmark = pytest.mark.integration


def states(said: list[dict[str, Any]]) -> list[str]:
    """Return the states that were told, in order, and forget them."""
    told = [entry["Detail"]["state"] for entry in said]
    said.clear()
    return told


@pytest.fixture
def ec2(watched: Any) -> Any:
    """Return an EC2 client."""
    return watched.client("ec2")


def launch(ec2: Any) -> str:
    """Launch an instance and return its id."""
    instance: str = ec2.run_instances(ImageId="ami-1", MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]
    return instance


def test_an_instance_is_told_of_as_aws_does(watched: Any, ec2: Any) -> None:
    """The notification as the documentation shows it."""
    instance = launch(ec2)

    said = watched.said[-1]
    assert (said["Source"], said["DetailType"]) == ("aws.ec2", "EC2 Instance State-change Notification")
    assert said["Resources"] == [f"arn:aws:ec2:us-east-1:000000000000:instance/{instance}"]
    assert said["Detail"] == {"instance-id": instance, "state": "running"}


def test_each_state_is_told_with_the_one_on_the_way(watched: Any, ec2: Any) -> None:
    """Moto jumps where AWS takes its time, but every notification comes."""
    instance = launch(ec2)
    assert states(watched.said) == ["pending", "running"]

    ec2.stop_instances(InstanceIds=[instance])
    assert states(watched.said) == ["stopping", "stopped"]
    ec2.start_instances(InstanceIds=[instance])
    assert states(watched.said) == ["pending", "running"]
    ec2.terminate_instances(InstanceIds=[instance])
    assert states(watched.said) == ["shutting-down", "terminated"]


def test_what_changes_nothing_says_nothing(watched: Any, ec2: Any) -> None:
    """A second stop, a look and a refused call leave the bus alone."""
    instance = launch(ec2)
    ec2.stop_instances(InstanceIds=[instance])
    watched.said.clear()

    ec2.stop_instances(InstanceIds=[instance])
    ec2.describe_instances()
    with pytest.raises(ec2.exceptions.ClientError):
        ec2.stop_instances(InstanceIds=[instance, "i-00000000000000000"])

    assert watched.said == []


def test_instances_of_a_group_are_told_of_as_well(watched: Any, ec2: Any) -> None:
    """Nobody calls EC2 when an Auto Scaling group ends them."""
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    image = {"ImageId": "ami-1", "InstanceType": "t3.micro"}
    ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData=image)
    groups = watched.client("autoscaling")
    template = {"LaunchTemplateName": "web"}
    groups.create_auto_scaling_group(
        AutoScalingGroupName="web", MinSize=1, MaxSize=1, VPCZoneIdentifier=subnet, LaunchTemplate=template
    )
    assert states(watched.said) == ["pending", "running"]

    groups.update_auto_scaling_group(AutoScalingGroupName="web", MinSize=0, DesiredCapacity=0, MaxSize=0)

    assert states(watched.said) == ["shutting-down", "terminated"]
