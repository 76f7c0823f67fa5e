"""Scenes with security groups: opened to the world, allowed to be open, and closed again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from opsplane_local.scenes.envelopes import substitute
from opsplane_local.scenes.networks import ENVIRONMENT, SAMPLE_TAG, choose_vpc
from opsplane_local.scenes.scene import Scene

if TYPE_CHECKING:
    from mypy_boto3_ec2 import EC2Client
    from mypy_boto3_ec2.type_defs import (
        FilterTypeDef,
        IpPermissionTypeDef,
        SecurityGroupRuleTypeDef,
        SecurityGroupRuleUpdateTypeDef,
        TagTypeDef,
    )

    from opsplane_local.scenes.envelopes import Event
    from opsplane_local.scenes.stage import Stage


@dataclass(frozen=True)
class Ingress:
    """One rule for traffic coming in from one range of addresses."""

    port: int
    cidr: str
    description: str

    @property
    def permission(self) -> IpPermissionTypeDef:
        """The rule as EC2's older calls want it."""
        permission: IpPermissionTypeDef = {"IpProtocol": "tcp", "FromPort": self.port, "ToPort": self.port}
        if ":" in self.cidr:
            return permission | {"Ipv6Ranges": [{"CidrIpv6": self.cidr, "Description": self.description}]}
        return permission | {"IpRanges": [{"CidrIp": self.cidr, "Description": self.description}]}

    def admits_same_as(self, rule: SecurityGroupRuleTypeDef) -> bool:
        """Whether the live `rule` admits the same traffic; descriptions do not count."""
        return (
            not rule["IsEgress"]
            and (rule["FromPort"], rule["ToPort"]) == (self.port, self.port)
            and self.cidr in (rule.get("CidrIpv4"), rule.get("CidrIpv6"))
        )


OFFICE: Final = Ingress(22, "10.20.0.0/16", "office network")
"""The harmless neighbour in each group: whoever closes the open rule must leave this one."""

WORLD_SSH: Final = Ingress(22, "0.0.0.0/0", "temporary access")
_ALLOWED_PORTS: Final = {"sg-open-https-allowed": "80 443"}


def open_group(stage: Stage, name: str, event: Event) -> Scene:
    """Open a group as the sample's AuthorizeSecurityGroupIngress did."""
    request = event["detail"]["requestParameters"]
    asked = _asked_rule(request["ipPermissions"]["items"][0])
    group = ensure_group(stage, name)
    rule = _ensure_rule(stage.ec2, group, asked)
    answered = event["detail"]["responseElements"]["securityGroupRuleSet"]["items"][0]["securityGroupRuleId"]
    return Scene(
        substitute(event, {request["groupId"]: group, answered: rule}),
        f"security group {group} now open on {asked.port} to {asked.cidr}",
        (group, rule),
    )


def refuse_opening(stage: Stage, name: str, event: Event) -> Scene:
    """Have the group whose opening AWS refused: it exists and is not open."""
    group = ensure_group(stage, name)
    return Scene(
        substitute(event, {event["detail"]["requestParameters"]["groupId"]: group}),
        f"security group {group} there and closed: the call of the sample was refused",
        (group,),
    )


def widen_rule(stage: Stage, name: str, event: Event) -> Scene:
    """Have a narrow rule and widen it as the sample's ModifySecurityGroupRules did."""
    request = event["detail"]["requestParameters"]["ModifySecurityGroupRulesRequest"]
    change = request["SecurityGroupRule"]
    wide = change["SecurityGroupRule"]
    asked = Ingress(wide["FromPort"], wide["CidrIpv4"], wide["Description"])
    group = ensure_group(stage, name)
    rule = _find_rule(stage.ec2, group, asked)
    if rule is None:
        narrow = _ensure_rule(stage.ec2, group, OFFICE)
        update: SecurityGroupRuleUpdateTypeDef = {"SecurityGroupRuleId": narrow, "SecurityGroupRule": wide}
        stage.ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[update])
        # The emulator gives a changed rule a new id, where AWS keeps it.
        rule = _find_rule(stage.ec2, group, asked) or narrow
    return Scene(
        substitute(event, {request["GroupId"]: group, change["SecurityGroupRuleId"]: rule}),
        f"a rule of security group {group} on {asked.port} changed from {OFFICE.cidr} to {asked.cidr}",
        (group, rule),
    )


def break_compliance(stage: Stage, name: str, event: Event) -> Scene:
    """Have the group that Config's rule finds open."""
    group = ensure_group(stage, _config_rule(name))
    rule = _ensure_rule(stage.ec2, group, WORLD_SSH)
    return Scene(
        substitute(event, {event["detail"]["resourceId"]: group}),
        f"security group {group} now open on {WORLD_SSH.port} to {WORLD_SSH.cidr}",
        (group, rule),
    )


def restore_compliance(stage: Stage, name: str, event: Event) -> Scene:
    """Have the same group as `break_compliance`, closed."""
    group = ensure_group(stage, _config_rule(name))
    if rule := _find_rule(stage.ec2, group, WORLD_SSH):
        stage.ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])
    return Scene(
        substitute(event, {event["detail"]["resourceId"]: group}),
        f"security group {group} now closed on {WORLD_SSH.port}",
        (group,),
    )


def open_found_group(stage: Stage, name: str, event: Event) -> Scene:
    """Have the open group of a Security Hub finding."""
    found = event["detail"]["findings"][0]["Resources"][0]["Details"]["AwsEc2SecurityGroup"]
    group = ensure_group(stage, f"securityhub-{name}")
    rule = _ensure_rule(stage.ec2, group, WORLD_SSH)
    live = stage.ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    return Scene(
        substitute(event, {found["GroupId"]: group, found["VpcId"]: live["VpcId"]}),
        f"security group {group} now open on {WORLD_SSH.port} to {WORLD_SSH.cidr}",
        (group, rule),
    )


def ensure_group(stage: Stage, name: str) -> str:
    """Return the id of the group for the sample `name`, made with one harmless rule when it is not there."""
    vpc = choose_vpc(stage.ec2)
    title = f"opsplane-sample-{name}"
    filters: list[FilterTypeDef] = [{"Name": "group-name", "Values": [title]}, {"Name": "vpc-id", "Values": [vpc]}]
    if found := stage.ec2.describe_security_groups(Filters=filters)["SecurityGroups"]:
        return found[0]["GroupId"]
    made = stage.ec2.create_security_group(
        GroupName=title,
        Description=f"Made by opsplane send for the sample {name}",
        VpcId=vpc,
        TagSpecifications=[{"ResourceType": "security-group", "Tags": _tags(name)}],
    )
    _ensure_rule(stage.ec2, made["GroupId"], OFFICE)
    return made["GroupId"]


def _tags(name: str) -> list[TagTypeDef]:
    tags = {"Name": f"opsplane-sample-{name}", "Environment": ENVIRONMENT, SAMPLE_TAG: name}
    if ports := _ALLOWED_PORTS.get(name):
        tags["opsplane:allow-world-ingress"] = ports
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def _config_rule(name: str) -> str:
    """Return the name that a rule's compliant and noncompliant samples share: they speak of one group."""
    return name.removesuffix("-noncompliant").removesuffix("-compliant")


def _asked_rule(item: dict[str, Any]) -> Ingress:
    ranges: list[dict[str, str]] = item["ipRanges"].get("items") or item["ipv6Ranges"]["items"]
    asked = ranges[0]
    return Ingress(item["fromPort"], asked.get("cidrIp") or asked["cidrIpv6"], asked["description"])


def _find_rule(ec2: EC2Client, group: str, wanted: Ingress) -> str | None:
    pages = ec2.get_paginator("describe_security_group_rules").paginate(
        Filters=[{"Name": "group-id", "Values": [group]}]
    )
    rules = (rule for page in pages for rule in page["SecurityGroupRules"])
    return next((rule["SecurityGroupRuleId"] for rule in rules if wanted.admits_same_as(rule)), None)


def _ensure_rule(ec2: EC2Client, group: str, wanted: Ingress) -> str:
    if found := _find_rule(ec2, group, wanted):
        return found
    tags: list[TagTypeDef] = [{"Key": "Environment", "Value": ENVIRONMENT}]
    made = ec2.authorize_security_group_ingress(
        GroupId=group,
        IpPermissions=[wanted.permission],
        TagSpecifications=[{"ResourceType": "security-group-rule", "Tags": tags}],
    )
    return made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
