"""EC2: groups of interfaces, descriptions of rules, terminated instances."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from opsplane_local.moto_gaps import ec2
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return an EC2 client."""
    return connect("ec2")


@pytest.fixture
def groups(client: Any) -> list[str]:
    """Return the ids of two security groups in the default VPC."""
    vpc = client.describe_vpcs()["Vpcs"][0]["VpcId"]
    return [client.create_security_group(GroupName=n, Description=n, VpcId=vpc)["GroupId"] for n in ("old", "new")]


@pytest.fixture
def instance(client: Any, groups: list[str]) -> str:
    """Return the id of a running instance in the old group."""
    subnet = client.describe_subnets()["Subnets"][0]["SubnetId"]
    launched = client.run_instances(
        ImageId="ami-12345678", MinCount=1, MaxCount=1, SecurityGroupIds=groups[:1], SubnetId=subnet
    )
    return str(launched["Instances"][0]["InstanceId"])


def interface_of(client: Any, instance: str) -> dict[str, Any]:
    """Return the only interface of an instance as EC2 describes it."""
    own = [{"Name": "attachment.instance-id", "Values": [instance]}]
    interface: dict[str, Any] = client.describe_network_interfaces(Filters=own)["NetworkInterfaces"][0]
    return interface


def groups_of_interface(client: Any, instance: str) -> list[str]:
    """Return the ids of the groups on an instance's interface."""
    return [group["GroupId"] for group in interface_of(client, instance)["Groups"]]


def groups_of_instance(client: Any, instance: str) -> list[str]:
    """Return the ids of an instance's groups."""
    described = client.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]
    return [group["GroupId"] for group in described["SecurityGroups"]]


def test_moto_still_leaves_old_groups_on_the_interface(client: Any, groups: list[str], instance: str) -> None:
    """Fails when ModifyInstanceAttribute replaces them in moto: delete the gap then."""
    old, new = groups

    client.modify_instance_attribute(InstanceId=instance, Groups=[new])

    assert set(groups_of_interface(client, instance)) == {old, new}


def test_groups_of_an_instance_replace_those_of_its_interface(
    client: Any, groups: list[str], instance: str, patch: Patch
) -> None:
    """An isolated instance really is out of its old group."""
    ec2.instance_groups_reach_its_interface(patch)

    client.modify_instance_attribute(InstanceId=instance, Groups=[groups[1]])

    assert groups_of_interface(client, instance) == [groups[1]]
    assert groups_of_instance(client, instance) == [groups[1]]


def test_moto_still_leaves_old_groups_on_the_instance(client: Any, groups: list[str], instance: str) -> None:
    """Fails when ModifyNetworkInterfaceAttribute replaces them in moto: delete the gap then."""
    old, new = groups
    interface = interface_of(client, instance)["NetworkInterfaceId"]

    client.modify_network_interface_attribute(NetworkInterfaceId=interface, Groups=[new])

    assert set(groups_of_interface(client, instance)) == {old, new}


def test_groups_of_an_interface_replace_those_of_its_instance(
    client: Any, groups: list[str], instance: str, patch: Patch
) -> None:
    """The primary interface and its instance agree."""
    ec2.interface_groups_reach_its_instance(patch)
    interface = interface_of(client, instance)["NetworkInterfaceId"]

    client.modify_network_interface_attribute(NetworkInterfaceId=interface, Groups=[groups[1]])

    assert groups_of_interface(client, instance) == [groups[1]]
    assert groups_of_instance(client, instance) == [groups[1]]


def described_rules(client: Any, groups: list[str]) -> set[str | None]:
    """Add a rule that names a group and one that names a prefix list; return what their descriptions read."""
    prefix_list = client.describe_managed_prefix_lists()["PrefixLists"][0]["PrefixListId"]
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    to_group = {**https, "UserIdGroupPairs": [{"GroupId": groups[1], "Description": "to a group"}]}
    to_list = {**https, "PrefixListIds": [{"PrefixListId": prefix_list, "Description": "to a list"}]}
    for permission in (to_group, to_list):
        client.authorize_security_group_egress(GroupId=groups[0], IpPermissions=[permission])
    own = [{"Name": "group-id", "Values": [groups[0]]}]
    rules = client.describe_security_group_rules(Filters=own)["SecurityGroupRules"]
    return {rule.get("Description") for rule in rules if rule.get("FromPort") == 443}


def test_moto_still_hides_some_descriptions(client: Any, groups: list[str]) -> None:
    """Fails when moto shows the description of every rule: delete the gap then."""
    assert described_rules(client, groups) == {None}


def test_every_rule_shows_its_description(client: Any, groups: list[str], patch: Patch) -> None:
    """Terraform plans a rule whose description is missing for ever."""
    ec2.rule_descriptions(patch)

    assert described_rules(client, groups) == {"to a group", "to a list"}


def test_moto_still_starts_terminated_instances(client: Any, instance: str) -> None:
    """Fails when moto refuses: delete the gap then."""
    client.terminate_instances(InstanceIds=[instance])

    started = client.start_instances(InstanceIds=[instance])

    assert started["StartingInstances"][0]["InstanceId"] == instance


def test_a_terminated_instance_cannot_be_started(client: Any, instance: str, patch: Patch) -> None:
    """The error is the one that EC2 gives."""
    ec2.terminated_is_final(patch)
    client.terminate_instances(InstanceIds=[instance])

    with pytest.raises(ClientError) as refused:
        client.start_instances(InstanceIds=[instance])

    assert refused.value.response["Error"]["Code"] == "IncorrectInstanceState"


def test_a_stopped_instance_can_be_started(client: Any, instance: str, patch: Patch) -> None:
    """Only terminated instances are refused."""
    ec2.terminated_is_final(patch)
    client.stop_instances(InstanceIds=[instance])

    started = client.start_instances(InstanceIds=[instance])

    assert started["StartingInstances"][0]["CurrentState"]["Name"] in {"pending", "running"}
