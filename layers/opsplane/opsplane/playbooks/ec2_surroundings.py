"""What hangs on an EC2 instance: disks, scaling, targets, interfaces, profile; each as a part of an observation."""

from typing import Any

from opsplane.errors import PermanentError
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, call

ISOLATION = "opsplane-isolation"
EVERY_INTERFACE = "every interface"
_EVERYTHING = {"IpProtocol": "-1"}
_LEAVING = ("Detach", "Terminat")
"""How states of an instance on its way out of its Auto Scaling group begin:
https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html"""


def snapshots(api: Api, instance: dict[str, Any], case: str) -> Observation:
    """The instance's volumes, and which of them have a snapshot of this case."""
    volumes = [each["Ebs"]["VolumeId"] for each in instance.get("BlockDeviceMappings", []) if each.get("Ebs")]
    filters = [{"Name": "tag:opsplane:case", "Values": [case]}]
    taken = api.read("ec2", "describe_snapshots", OwnerIds=["self"], Filters=filters)["Snapshots"]
    # A snapshot whose key is disabled or out of reach is accepted and fails a moment later.
    sound = (each for each in taken if each.get("State") != "error")
    state: dict[str, Json] = {f"snapshot of {each['VolumeId']}": "taken" for each in sound}
    return Observation(state=state, evidence={"volumes": sorted(volumes)})


def scaling(api: Api, instance: str) -> Observation:
    """The Auto Scaling group that the instance is in; one that it is leaving, which takes minutes, is left."""
    found = api.read("autoscaling", "describe_auto_scaling_instances", InstanceIds=[instance])["AutoScalingInstances"]
    staying = [each for each in found if not each.get("LifecycleState", "").startswith(_LEAVING)]
    return Observation(state={"auto scaling group": staying[0]["AutoScalingGroupName"]} if staying else {})


def targets(api: Api, instance: str, vpc: str) -> Observation:
    """The target groups of its VPC that send it traffic, and on which ports; not those that are draining it."""
    groups = api.read("elbv2", "describe_target_groups")["TargetGroups"]
    state: dict[str, Json] = {}
    arns: dict[str, Json] = {}
    for group in groups:
        if group.get("VpcId") != vpc or group.get("TargetType", "instance") != "instance":
            continue
        healths = api.read("elbv2", "describe_target_health", TargetGroupArn=group["TargetGroupArn"])
        listed = [each["Target"] for each in healths["TargetHealthDescriptions"] if _is_served(each, instance)]
        if listed:
            name = f"target in {group['TargetGroupName']}"
            state[name] = [{"Id": each["Id"], "Port": each["Port"]} for each in listed]
            arns[name] = group["TargetGroupArn"]
    return Observation(state=state, evidence={"target_groups": arns})


def _is_served(described: dict[str, Any], instance: str) -> bool:
    """Whether a target group sends an instance new requests: one that was deregistered is listed while it drains."""
    draining = described.get("TargetHealth", {}).get("State") == "draining"
    return bool(described["Target"]["Id"] == instance) and not draining


def isolation_group(api: Api, vpc: str) -> Observation:
    """The isolation group of a VPC: `closed` without rules, `open` with some, absent when there is none."""
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": [ISOLATION]}]
    groups = api.read("ec2", "describe_security_groups", Filters=filters)["SecurityGroups"]
    [network] = api.read("ec2", "describe_vpcs", VpcIds=[vpc])["Vpcs"]
    ipv6 = [each for each in network.get("Ipv6CidrBlockAssociationSet", []) if _is_associated(each)]
    evidence = {"vpc": vpc, "ipv6": ipv6}
    if not groups:
        return Observation(evidence={**evidence, "isolation_rules": []})
    group = groups[0]["GroupId"]
    own = [{"Name": "group-id", "Values": [group]}]
    rules = api.read("ec2", "describe_security_group_rules", Filters=own)["SecurityGroupRules"]
    return Observation(
        state={"isolation group": "open" if rules else "closed"},
        handles={"isolation group": group, **({} if rules else {"closed isolation group": group})},
        evidence={**evidence, "isolation_rules": rules},
    )


def _is_associated(block: dict[str, Any]) -> bool:
    """Whether the VPC has this range: one that was taken away is listed for a while."""
    return str(block.get("Ipv6CidrBlockState", {}).get("State", "associated")) in {"associating", "associated"}


def create_group(vpc: str) -> Call:
    """The call that makes an isolation group."""
    description = "opsplane: nothing in, nothing out"
    return call("ec2", "create_security_group", GroupName=ISOLATION, Description=description, VpcId=vpc)


def empty_group(group: Any, rules: list[dict[str, Any]], *, ipv6: bool, fresh: bool) -> tuple[Call, ...]:
    """The calls that take every rule out of a group; a fresh one has what EC2 gives it: egress to everywhere."""
    if fresh:
        everywhere: list[dict[str, Any]] = [{**_EVERYTHING, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
        if ipv6:
            everywhere.append({**_EVERYTHING, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]})
        return (call("ec2", "revoke_security_group_egress", GroupId=group, IpPermissions=everywhere),)
    ways = {way: [each["SecurityGroupRuleId"] for each in rules if each["IsEgress"] is out] for way, out in _WAYS}
    return tuple(
        call("ec2", f"revoke_security_group_{way}", GroupId=group, SecurityGroupRuleIds=listed)
        for way, listed in ways.items()
        if listed
    )


_WAYS = (("ingress", False), ("egress", True))


def interfaces(instance: dict[str, Any], isolation: Json) -> Observation:
    """The groups of each interface; the isolation group by its name, since it may be made anew.

    `isolation` is the id of the isolation group when it is closed: an interface in an open one is not isolated.
    """
    state: dict[str, Json] = {}
    for each in instance.get("NetworkInterfaces", []):
        groups = sorted(str(group["GroupId"]) for group in each["Groups"])
        state[f"groups of {each['NetworkInterfaceId']}"] = ["isolation group"] if groups == [isolation] else [*groups]
    cut_off = all(value == ["isolation group"] for value in state.values())
    return Observation(state={**state, EVERY_INTERFACE: "isolated" if cut_off else "connected"})


def profile(api: Api, instance: str) -> Observation:
    """The instance profile and the id of its association."""
    filters = [{"Name": "instance-id", "Values": [instance]}]
    found = api.read("ec2", "describe_iam_instance_profile_associations", Filters=filters)
    live_ones = [
        each for each in found["IamInstanceProfileAssociations"] if each["State"] in {"associating", "associated"}
    ]
    if not live_ones:
        return Observation()
    [association] = live_ones[:1]
    return Observation(
        state={"instance profile": association["IamInstanceProfile"]["Arn"]},
        handles={"association": association["AssociationId"]},
    )


def console(api: Api, instance: str) -> Json:
    """The console's last output, as far as EC2 has one."""
    try:
        output = api.read("ec2", "get_console_output", InstanceId=instance).get("Output", "")
    except PermanentError as error:
        return f"not available: {error}"
    return str(output)[-10_000:]
