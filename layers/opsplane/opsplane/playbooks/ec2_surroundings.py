"""What hangs on an EC2 instance: disks, scaling, targets, interfaces, profile; each as a part of an observation."""

from typing import Any

from opsplane.errors import PermanentError
from opsplane.model import Json
from opsplane.playbooks.plan import Api, Call, Observation, call

ISOLATION = "opsplane-isolation"
_EVERYTHING = {"IpProtocol": "-1"}


def snapshots(api: Api, instance: dict[str, Any], case: str) -> Observation:
    """The instance's volumes, and which of them have a snapshot of this case."""
    volumes = [each["Ebs"]["VolumeId"] for each in instance.get("BlockDeviceMappings", []) if each.get("Ebs")]
    filters = [{"Name": "tag:opsplane:case", "Values": [case]}]
    taken = api.read("ec2", "describe_snapshots", OwnerIds=["self"], Filters=filters)["Snapshots"]
    state: dict[str, Json] = {f"snapshot of {each['VolumeId']}": "taken" for each in taken}
    return Observation(state=state, evidence={"volumes": sorted(volumes)})


def scaling(api: Api, instance: str) -> Observation:
    """The Auto Scaling group that the instance is in."""
    found = api.read("autoscaling", "describe_auto_scaling_instances", InstanceIds=[instance])["AutoScalingInstances"]
    return Observation(state={"auto scaling group": found[0]["AutoScalingGroupName"]} if found else {})


def targets(api: Api, instance: str, vpc: str) -> Observation:
    """The target groups of its VPC that send it traffic, and on which ports."""
    groups = api.read("elbv2", "describe_target_groups")["TargetGroups"]
    state: dict[str, Json] = {}
    arns: dict[str, Json] = {}
    for group in groups:
        if group.get("VpcId") != vpc or group.get("TargetType", "instance") != "instance":
            continue
        healths = api.read("elbv2", "describe_target_health", TargetGroupArn=group["TargetGroupArn"])
        listed = [each["Target"] for each in healths["TargetHealthDescriptions"] if each["Target"]["Id"] == instance]
        if listed:
            name = f"target in {group['TargetGroupName']}"
            state[name] = [{"Id": each["Id"], "Port": each["Port"]} for each in listed]
            arns[name] = group["TargetGroupArn"]
    return Observation(state=state, evidence={"target_groups": arns})


def isolation_group(api: Api, vpc: str) -> Observation:
    """The isolation group of a VPC: `closed` without rules, `open` with some, absent when there is none."""
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": [ISOLATION]}]
    groups = api.read("ec2", "describe_security_groups", Filters=filters)["SecurityGroups"]
    [network] = api.read("ec2", "describe_vpcs", VpcIds=[vpc])["Vpcs"]
    evidence = {"vpc": vpc, "ipv6": network.get("Ipv6CidrBlockAssociationSet", [])}
    if not groups:
        return Observation(evidence={**evidence, "isolation_rules": []})
    group = groups[0]["GroupId"]
    own = [{"Name": "group-id", "Values": [group]}]
    rules = api.read("ec2", "describe_security_group_rules", Filters=own)["SecurityGroupRules"]
    return Observation(
        state={"isolation group": "open" if rules else "closed"},
        handles={"isolation group": group},
        evidence={**evidence, "isolation_rules": rules},
    )


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
    """The groups of each interface; the isolation group by its name, since it may be made anew."""
    state: dict[str, Json] = {}
    for each in instance.get("NetworkInterfaces", []):
        groups = sorted(str(group["GroupId"]) for group in each["Groups"])
        state[f"groups of {each['NetworkInterfaceId']}"] = ["isolation group"] if groups == [isolation] else [*groups]
    return Observation(state=state)


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
