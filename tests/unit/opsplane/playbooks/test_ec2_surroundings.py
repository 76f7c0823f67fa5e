"""What hangs on an EC2 instance."""

from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks import ec2_surroundings as surroundings
from planned import Answers


def test_another_case_does_not_count_as_our_snapshot() -> None:
    """EC2 is asked for snapshots with the tag of this case."""
    api = Answers(describe_snapshots={"Snapshots": [{"VolumeId": "vol-1"}]})
    instance = {"BlockDeviceMappings": [{"Ebs": {"VolumeId": "vol-2"}}, {"Ebs": {"VolumeId": "vol-1"}}, {}]}

    found = surroundings.snapshots(api, instance, "f-1")

    assert (found.state, found.evidence["volumes"]) == ({"snapshot of vol-1": "taken"}, ["vol-1", "vol-2"])


def test_target_groups_elsewhere_are_not_asked() -> None:
    """Only those of the instance's VPC that hold instances can have it."""
    groups = [
        {"TargetGroupArn": "a", "TargetGroupName": "mine", "VpcId": "vpc-1"},
        {"TargetGroupArn": "b", "TargetGroupName": "theirs", "VpcId": "vpc-2"},
        {"TargetGroupArn": "c", "TargetGroupName": "addresses", "VpcId": "vpc-1", "TargetType": "ip"},
    ]
    health = {"TargetHealthDescriptions": [{"Target": {"Id": name, "Port": 80}} for name in ("i-1", "i-2")]}
    api = Answers(describe_target_groups={"TargetGroups": groups}, describe_target_health=health)

    found = surroundings.targets(api, "i-1", "vpc-1")

    assert found.state == {"target in mine": [{"Id": "i-1", "Port": 80}]}
    assert api.asked.count("describe_target_health") == 1


@pytest.mark.parametrize(("rules", "state"), [([], "closed"), ([{"IsEgress": True}], "open")])
def test_an_isolation_group_with_rules_is_open(rules: list[Any], state: str) -> None:
    """Whoever adds a rule to it lets the attacker out."""
    api = Answers(
        describe_security_groups={"SecurityGroups": [{"GroupId": "sg-9"}]},
        describe_vpcs={"Vpcs": [{}]},
        describe_security_group_rules={"SecurityGroupRules": rules},
    )

    assert surroundings.isolation_group(api, "vpc-1").state == {"isolation group": state}


@pytest.mark.parametrize(("ipv6", "families"), [(False, 1), (True, 2)])
def test_a_fresh_group_loses_its_way_out_in_each_family_that_it_has(ipv6: bool, families: int) -> None:  # noqa: FBT001
    """EC2 gives a new group egress to everywhere; to IPv6 only where the VPC has it."""
    [call] = surroundings.empty_group("sg-9", [], ipv6=ipv6, fresh=True)

    assert len(call.parameters["IpPermissions"]) == families


def test_only_an_interface_with_nothing_but_the_isolation_group_is_isolated() -> None:
    """A second group would still let something through."""
    interfaces = [
        {"NetworkInterfaceId": "eni-1", "Groups": [{"GroupId": "sg-9"}]},
        {"NetworkInterfaceId": "eni-2", "Groups": [{"GroupId": "sg-9"}, {"GroupId": "sg-1"}]},
    ]

    found = surroundings.interfaces({"NetworkInterfaces": interfaces}, "sg-9")

    assert found.state == {
        "groups of eni-1": ["isolation group"],
        "groups of eni-2": ["sg-1", "sg-9"],
        "every interface": "connected",
    }


def test_a_profile_that_is_leaving_is_gone() -> None:
    """Its association is listed for a while."""
    associations = [{"State": "disassociating", "AssociationId": "a", "IamInstanceProfile": {"Arn": "p"}}]

    found = surroundings.profile(
        Answers(describe_iam_instance_profile_associations={"IamInstanceProfileAssociations": associations}), "i-1"
    )

    assert found.state == {}


def test_a_console_that_cannot_be_read_does_not_stop_the_isolation() -> None:
    """It is evidence, and the reason stands in its place."""
    api = Answers(get_console_output=PermanentError("UnsupportedOperation"))

    assert surroundings.console(api, "i-1") == "not available: UnsupportedOperation"


def test_a_snapshot_that_failed_is_no_evidence() -> None:
    """EC2 accepts one of a volume whose key is disabled, and lets it fail a moment later."""
    taken = [{"VolumeId": "vol-1", "State": "error"}, {"VolumeId": "vol-2", "State": "pending"}]

    found = surroundings.snapshots(Answers(describe_snapshots={"Snapshots": taken}), {}, "f-1")

    assert found.state == {"snapshot of vol-2": "taken"}


@pytest.mark.parametrize(
    ("state", "stays"),
    [("InService", True), ("Standby", True), ("Detaching", False), ("Detached", False), ("Terminating:Wait", False)],
)
def test_an_instance_that_leaves_its_scaling_group_has_left(state: str, *, stays: bool) -> None:
    """Load balancers drain it first, for five minutes by default; the verification does not wait for that."""
    listed = [{"InstanceId": "i-1", "AutoScalingGroupName": "fleet", "LifecycleState": state}]
    api = Answers(describe_auto_scaling_instances={"AutoScalingInstances": listed})

    assert surroundings.scaling(api, "i-1").state == ({"auto scaling group": "fleet"} if stays else {})


def test_a_target_that_drains_gets_no_new_requests() -> None:
    """It is listed until its connections ended; it counts as out at once."""
    groups = [{"TargetGroupArn": "a", "TargetGroupName": "web", "VpcId": "vpc-1"}]
    health = {
        "TargetHealthDescriptions": [
            {"Target": {"Id": "i-1", "Port": 80}, "TargetHealth": {"State": "draining"}},
            {"Target": {"Id": "i-1", "Port": 81}, "TargetHealth": {"State": "healthy"}},
        ]
    }
    api = Answers(describe_target_groups={"TargetGroups": groups}, describe_target_health=health)

    assert surroundings.targets(api, "i-1", "vpc-1").state == {"target in web": [{"Id": "i-1", "Port": 81}]}


def test_an_ipv6_range_that_was_taken_from_the_vpc_gives_no_way_out() -> None:
    """A new group has no rule for it, and EC2 refuses to revoke what is not there."""
    gone = {"Ipv6CidrBlock": "2001:db8::/56", "Ipv6CidrBlockState": {"State": "disassociated"}}
    api = Answers(
        describe_security_groups={"SecurityGroups": []},
        describe_vpcs={"Vpcs": [{"Ipv6CidrBlockAssociationSet": [gone]}]},
    )

    assert surroundings.isolation_group(api, "vpc-1").evidence["ipv6"] == []


@pytest.mark.parametrize(("rules", "closed"), [([], True), ([{"IsEgress": True}], False)])
def test_no_interface_goes_into_a_group_that_somebody_opened(rules: list[Any], *, closed: bool) -> None:
    """Only a closed group has the handle that the step needs; else the plan is made anew."""
    api = Answers(
        describe_security_groups={"SecurityGroups": [{"GroupId": "sg-9"}]},
        describe_vpcs={"Vpcs": [{}]},
        describe_security_group_rules={"SecurityGroupRules": rules},
    )

    assert ("closed isolation group" in surroundings.isolation_group(api, "vpc-1").handles) is closed
