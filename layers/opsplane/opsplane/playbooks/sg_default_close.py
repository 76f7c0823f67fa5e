"""The default security group of a VPC is emptied, so that nothing can use it by accident.

https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (EC2.2)
"""

from opsplane.playbooks.group_rules import authorize, revoke, target_of, value_of
from opsplane.playbooks.plan import Api, Observation, Step, tags_of
from opsplane.playbooks.playbook import Family, Parameters, Playbook
from opsplane.signals.signal import Subject


def observe(api: Api, subject: Subject) -> Observation:
    """Every rule of the group, in and out, and the interfaces that use it."""
    group = subject.resource.id
    [found] = api.read("ec2", "describe_security_groups", GroupIds=[group])["SecurityGroups"]
    filters = [{"Name": "group-id", "Values": [group]}]
    rules = api.read("ec2", "describe_security_group_rules", Filters=filters)["SecurityGroupRules"]
    interfaces = api.read("ec2", "describe_network_interfaces", Filters=filters)["NetworkInterfaces"]
    return Observation(
        tags=tags_of(found.get("Tags")),
        state={target_of(rule): value_of(rule) for rule in rules},
        evidence={
            "group": {"name": found["GroupName"], "vpc": found.get("VpcId", "")},
            "rules": rules,
            "network_interfaces": [each["NetworkInterfaceId"] for each in interfaces],
        },
    )


def plan(subject: Subject, found: Observation, _: Parameters) -> tuple[Step, ...]:
    """One step for each rule; none for a group that is not a VPC's default one."""
    if found.evidence["group"]["name"] != "default":
        return ()
    group = subject.resource.id
    return tuple(
        Step(
            target=target_of(rule),
            summary=f"Revoke {target_of(rule)} from default group {group}",
            before=value_of(rule),
            after=None,
            apply=(revoke(group, rule),),
            undo=(authorize(group, rule),),
        )
        for rule in found.evidence["rules"]
    )


def caution(_: Subject, found: Observation, __: Parameters) -> str | None:
    """Whatever uses the group would lose its network."""
    users = found.evidence["network_interfaces"]
    return f"{len(users)} network interface(s) use the group: {', '.join(users[:5])}" if users else None


PLAYBOOK = Playbook(
    name="sg-default-close",
    family=Family.NETWORK,
    summary="Takes every rule out of a VPC's default security group; asks when something uses it.",
    problem="Default security group {id} has rules",
    risk="Whatever uses the default group loses its network.",
    rights=(
        "ec2:AuthorizeSecurityGroupEgress",
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroupRules",
        "ec2:DescribeSecurityGroups",
        "ec2:RevokeSecurityGroupEgress",
        "ec2:RevokeSecurityGroupIngress",
    ),
    acts_on=("config/default-group-noncompliant.json", "securityhub/default-group-open.json"),
    leaves=("config/default-group-compliant.json",),
    observe=observe,
    plan=plan,
    caution=caution,
    disruptive=True,
)
