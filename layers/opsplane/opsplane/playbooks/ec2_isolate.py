"""A compromised instance is cut off, after its evidence was kept.

Order: snapshots, out of its Auto Scaling group and target groups, an isolation group on every interface, the instance
profile, protection against termination. Connections that EC2 tracks outlive a change of groups until they are idle:
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
Only a network ACL or a stop cuts those, which a person decides.
"""

from typing import Any

from opsplane.errors import ResourceNotFound
from opsplane.model import Json
from opsplane.playbooks import ec2_surroundings as surroundings
from opsplane.playbooks.plan import EVIDENCE, Api, Call, Observation, Step, call, change, live, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject

_CASE = "opsplane:case"
_PROTECTION, _PROFILE, _GROUP = "termination protection", "instance profile", "isolation group"
_CLOSED = "closed isolation group"
"""The group's id while it has no rule: an interface goes into no other."""


def observe(api: Api, subject: Subject) -> Observation:
    """The instance with all that hangs on it, and the snapshots of this case."""
    instance = subject.resource.id
    reservations = api.read("ec2", "describe_instances", InstanceIds=[instance])["Reservations"]
    [found] = reservations[0]["Instances"]
    if found["State"]["Name"] in {"terminated", "shutting-down"}:
        message = f"instance {instance} is {found['State']['Name']}"
        raise ResourceNotFound(message)
    attribute = api.read("ec2", "describe_instance_attribute", InstanceId=instance, Attribute="disableApiTermination")
    group = surroundings.isolation_group(api, found["VpcId"])
    parts = (
        surroundings.snapshots(api, found, _case(subject)),
        surroundings.scaling(api, instance),
        surroundings.targets(api, instance, found["VpcId"]),
        group,
        surroundings.interfaces(found, group.handles.get(_CLOSED)),
        surroundings.profile(api, instance),
    )
    # EC2 takes no protection against termination for a spot instance.
    protectable = found.get("InstanceLifecycle") != "spot"
    protected = bool(attribute["DisableApiTermination"].get("Value"))
    state: dict[str, Json] = {_PROTECTION: protected} if protectable else {}
    return Observation(
        tags=tags_of(found.get("Tags")),
        state=state | {target: value for each in parts for target, value in each.state.items()},
        handles={name: value for each in parts for name, value in each.handles.items()},
        evidence={
            "instance": found,
            "console": surroundings.console(api, instance),
            **{key: value for each in parts for key, value in each.evidence.items()},
        },
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """All that is still to be done, in the order that loses least."""
    instance = subject.resource.id
    interfaces = [target for target in found.state if target.startswith("groups of ")]
    return (
        (
            *(_snapshot(volume, _case(subject), found) for volume in found.evidence["volumes"]),
            *_leave_scaling(instance, found),
            *(_leave_target(target, found) for target in found.state if target.startswith("target in ")),
            *_isolation_step(found),
            *(_regroup(target, found) for target in interfaces if not _is_inside(target, found)),
            _look_for_others(found),
            *_drop_profile(instance, found),
            *_protect(instance, found),
        )
        if any(found.state[each] != [_GROUP] for each in interfaces)
        else ()
    )


def _is_inside(target: str, found: Observation) -> bool:
    """Whether an interface is in the isolation group already, also in one that is to be emptied first."""
    group = found.handles.get(_GROUP)
    return group is not None and found.state[target] == [group]


def _case(subject: Subject) -> str:
    return str(subject.facts.get("finding") or subject.resource.id)


def _snapshot(volume: str, case: str, found: Observation) -> Step:
    tags = [{"Key": _CASE, "Value": case}, {"Key": "Environment", "Value": found.tags.get("Environment", "unknown")}]
    return Step(
        target=f"snapshot of {volume}",
        summary=f"Take a snapshot of volume {volume}",
        before=found.state.get(f"snapshot of {volume}"),
        after="taken",
        apply=(
            call(
                "ec2",
                "create_snapshot",
                VolumeId=volume,
                Description=f"opsplane case {case}",
                TagSpecifications=[{"ResourceType": "snapshot", "Tags": tags}],
            ),
        ),
        final=EVIDENCE,
    )


def _leave_scaling(instance: str, found: Observation) -> tuple[Step, ...]:
    name = found.state.get("auto scaling group")
    if not name:
        return ()
    named: dict[str, Any] = {"InstanceIds": [instance], "AutoScalingGroupName": name}

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("autoscaling", "detach_instances", ShouldDecrementDesiredCapacity=False, **named),)
        return (call("autoscaling", "attach_instances", **named),)

    summary = f"Take {instance} out of Auto Scaling group {name}, which replaces it"
    return (change("auto scaling group", summary, before=name, after=None, to=to),)


def _leave_target(target: str, found: Observation) -> Step:
    group, listed = found.evidence["target_groups"][target], found.state[target]

    def to(value: Json) -> tuple[Call, ...]:
        way = "deregister" if value is None else "register"
        return (call("elbv2", f"{way}_targets", TargetGroupArn=group, Targets=listed),)

    return change(target, f"Take it out of {target.removeprefix('target in ')}", before=listed, after=None, to=to)


def _isolation_step(found: Observation) -> tuple[Step, ...]:
    """The isolation group, made or emptied: nothing in, and nothing out in either address family."""
    state = found.state.get(_GROUP)
    if state == "closed":
        return ()
    rules = found.evidence["isolation_rules"]
    group = live(_GROUP) if state else live("answer.GroupId")
    making = () if state else (surroundings.create_group(found.evidence["vpc"]),)
    emptying = surroundings.empty_group(group, rules, ipv6=bool(found.evidence["ipv6"]), fresh=not state)
    return (
        Step(
            target=_GROUP,
            summary=f"Have an isolation group without any rule in {found.evidence['vpc']}",
            before=state,
            after="closed",
            apply=(*making, *emptying),
            final="the empty group is kept for the next time",
        ),
    )


def _regroup(target: str, found: Observation) -> Step:
    interface, before = target.removeprefix("groups of "), found.state[target]

    def to(value: Json) -> tuple[Call, ...]:
        groups = [live(_CLOSED)] if value == [_GROUP] else value
        return (call("ec2", "modify_network_interface_attribute", NetworkInterfaceId=interface, Groups=groups),)

    summary = f"Put {interface} into the isolation group (tracked connections last until they are idle)"
    return change(target, summary, before=before, after=[_GROUP], to=to)


def _look_for_others(found: Observation) -> Step:
    """No call: the verification fails when an interface was attached after the plan was made."""
    return Step(
        target=surroundings.EVERY_INTERFACE,
        summary="See that no other interface was attached meanwhile",
        before=found.state.get(surroundings.EVERY_INTERFACE),
        after="isolated",
        apply=(),
        final="it follows from the groups of each",
    )


def _drop_profile(instance: str, found: Observation) -> tuple[Step, ...]:
    arn = found.state.get(_PROFILE)
    if not arn:
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("ec2", "disassociate_iam_instance_profile", AssociationId=live("association")),)
        profile = {"Arn": value}
        return (call("ec2", "associate_iam_instance_profile", InstanceId=instance, IamInstanceProfile=profile),)

    summary = f"Take instance profile {str(arn).rsplit('/', 1)[-1]} away from {instance}"
    return (change(_PROFILE, summary, before=arn, after=None, to=to),)


def _protect(instance: str, found: Observation) -> tuple[Step, ...]:
    if found.state.get(_PROTECTION, True):
        return ()

    def to(value: Json) -> tuple[Call, ...]:
        flag = {"Value": value}
        return (call("ec2", "modify_instance_attribute", InstanceId=instance, DisableApiTermination=flag),)

    return (change(_PROTECTION, f"Protect {instance} against termination", before=False, after=True, to=to),)


PLAYBOOK = Playbook(
    name="ec2-isolate",
    family=Family.COMPUTE,
    summary="Cuts a compromised instance off from network, load balancers and credentials, its disks copied first.",
    problem="Instance {id} is compromised",
    risk="What the instance serves stops; tracked connections last until idle; undo puts it beside its replacement.",
    rights=(
        "autoscaling:AttachInstances",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DetachInstances",
        "ec2:AssociateIamInstanceProfile",
        "ec2:CreateSecurityGroup",
        "ec2:CreateSnapshot",
        "ec2:CreateTags",
        "ec2:DescribeIamInstanceProfileAssociations",
        "ec2:DescribeInstanceAttribute",
        "ec2:DescribeInstances",
        "ec2:DescribeSecurityGroupRules",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSnapshots",
        "ec2:DescribeVpcs",
        "ec2:DisassociateIamInstanceProfile",
        "ec2:GetConsoleOutput",
        "ec2:ModifyInstanceAttribute",
        "ec2:ModifyNetworkInterfaceAttribute",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:RegisterTargets",
        "iam:PassRole",
    ),
    acts_on=("guardduty/ec2-crypto-mining.json", "guardduty/ec2-command-and-control.json"),
    leaves=("guardduty/archived-finding.json",),
    observe=observe,
    plan=plan,
    disruptive=True,
    contains=True,
    rolls_back=False,
)
