"""Scenes with security groups leave a real group in the state that the sample describes."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from opsplane_local.scenes import Scene

type Play = Callable[[str], Scene]


def world_rules(session: boto3.Session, group: str) -> list[tuple[str, int, str]]:
    """Return id, port and range of each live ingress rule of `group` that admits everyone."""
    rules = session.client("ec2").describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])
    ranges = ((rule, rule.get("CidrIpv4") or rule.get("CidrIpv6") or "") for rule in rules["SecurityGroupRules"])
    return [
        (rule["SecurityGroupRuleId"], rule["FromPort"], cidr)
        for rule, cidr in ranges
        if not rule["IsEgress"] and cidr in {"0.0.0.0/0", "::/0"}
    ]


@pytest.mark.parametrize(
    ("sample", "port", "cidr"),
    [
        ("cloudtrail/sg-open-ssh.json", 22, "0.0.0.0/0"),
        ("cloudtrail/sg-open-ipv6.json", 3389, "::/0"),
        ("cloudtrail/sg-open-https-allowed.json", 443, "0.0.0.0/0"),
        ("cloudtrail/sg-open-by-terraform.json", 22, "0.0.0.0/0"),
    ],
)
def test_an_authorized_ingress_is_really_there(
    session: boto3.Session, play: Play, sample: str, port: int, cidr: str
) -> None:
    """The group of the event has exactly the rule of the event, under the id of the event."""
    scene = play(sample)

    group = scene.event["detail"]["requestParameters"]["groupId"]
    answered = scene.event["detail"]["responseElements"]["securityGroupRuleSet"]["items"][0]
    assert world_rules(session, group) == [(answered["securityGroupRuleId"], port, cidr)]
    assert answered["groupId"] == group
    assert answered["securityGroupRuleArn"].endswith(answered["securityGroupRuleId"])
    assert scene.resources == (group, answered["securityGroupRuleId"])
    assert scene.description == f"security group {group} now open on {port} to {cidr}"


def test_the_open_group_keeps_a_harmless_neighbour(session: boto3.Session, play: Play) -> None:
    """A rule on the same port for the office stands beside the open one, for whoever closes too much."""
    group = play("cloudtrail/sg-open-ssh.json").resources[0]

    live = session.client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]

    ranges = [found["CidrIp"] for permission in live["IpPermissions"] for found in permission["IpRanges"]]
    assert sorted(ranges) == ["0.0.0.0/0", "10.20.0.0/16"]


def test_a_repeated_sample_opens_the_same_group_again(session: boto3.Session, play: Play) -> None:
    """After somebody closed the group, the same group is open again and the event is another one."""
    first = play("cloudtrail/sg-open-ssh.json")
    group, rule = first.resources
    session.client("ec2").revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])

    second = play("cloudtrail/sg-open-ssh.json")

    assert second.resources[0] == group
    assert world_rules(session, group) == [(second.resources[1], 22, "0.0.0.0/0")]
    assert second.event["id"] != first.event["id"]
    assert second.event["detail"]["eventID"] != first.event["detail"]["eventID"]


def test_a_repeated_sample_finds_the_group_still_open(session: boto3.Session, play: Play) -> None:
    """When nobody closed the group, nothing is added to it."""
    first = play("cloudtrail/sg-open-ssh.json")

    second = play("cloudtrail/sg-open-ssh.json")

    assert second.resources == first.resources
    assert len(world_rules(session, first.resources[0])) == 1


def test_the_allowed_group_says_so_in_its_tags(session: boto3.Session, play: Play) -> None:
    """The group that may be open to the world on 80 and 443 carries the tag that policy reads."""
    group = play("cloudtrail/sg-open-https-allowed.json").resources[0]

    live = session.client("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]

    tags = {tag["Key"]: tag["Value"] for tag in live["Tags"]}
    assert tags["opsplane:allow-world-ingress"] == "80 443"
    assert tags["Environment"] == "dev"


@pytest.mark.parametrize("sample", ["cloudtrail/sg-open-private.json", "cloudtrail/sg-open-failed.json"])
def test_a_harmless_sample_opens_nothing_to_the_world(session: boto3.Session, play: Play, sample: str) -> None:
    """A private range and a refused call leave a real group that nobody from outside can reach."""
    scene = play(sample)

    assert world_rules(session, scene.event["detail"]["requestParameters"]["groupId"]) == []


def test_a_refused_call_names_the_real_group_in_its_error(play: Play) -> None:
    """The id in the error message is the one in the request."""
    scene = play("cloudtrail/sg-open-failed.json")

    assert scene.resources[0] in scene.event["detail"]["errorMessage"]


def test_a_modified_rule_is_really_wide(session: boto3.Session, play: Play) -> None:
    """The rule of the event admits everyone, and was changed, not added."""
    scene = play("cloudtrail/sg-modify-rule-world.json")

    request = scene.event["detail"]["requestParameters"]["ModifySecurityGroupRulesRequest"]
    rule = request["SecurityGroupRule"]["SecurityGroupRuleId"]
    assert world_rules(session, request["GroupId"]) == [(rule, 22, "0.0.0.0/0")]
    live = session.client("ec2").describe_security_groups(GroupIds=[request["GroupId"]])["SecurityGroups"][0]
    assert len(live["IpPermissions"]) == 1


def test_a_modified_rule_is_wide_again_after_it_was_revoked(session: boto3.Session, play: Play) -> None:
    """Sending the sample again finds no rule, makes a narrow one and widens it."""
    group, rule = play("cloudtrail/sg-modify-rule-world.json").resources
    session.client("ec2").revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])

    again = play("cloudtrail/sg-modify-rule-world.json")

    assert world_rules(session, group) == [(again.resources[1], 22, "0.0.0.0/0")]


def test_both_compliance_samples_speak_of_one_group(session: boto3.Session, play: Play) -> None:
    """The noncompliant sample opens the group and the compliant one has it closed."""
    broken = play("config/restricted-ssh-noncompliant.json")
    open_rules = world_rules(session, broken.event["detail"]["resourceId"])

    restored = play("config/restricted-ssh-compliant.json")

    group = restored.event["detail"]["resourceId"]
    assert len(open_rules) == 1
    assert broken.event["detail"]["resourceId"] == group
    assert world_rules(session, group) == []


def test_config_names_the_group_in_each_place(play: Play) -> None:
    """The id inside both evaluation results is the real one too."""
    detail: dict[str, Any] = play("config/restricted-ssh-noncompliant.json").event["detail"]

    named = [
        detail[result]["evaluationResultIdentifier"]["evaluationResultQualifier"]["resourceId"]
        for result in ("newEvaluationResult", "oldEvaluationResult")
    ]

    assert named == [detail["resourceId"]] * 2


def test_a_security_hub_finding_names_an_open_group(session: boto3.Session, play: Play) -> None:
    """The group in the finding's ARN and details is real and open."""
    scene = play("securityhub/sg-open-ssh.json")

    [resource] = scene.event["detail"]["findings"][0]["Resources"]
    group = resource["Details"]["AwsEc2SecurityGroup"]["GroupId"]
    assert resource["Id"] == f"arn:aws:ec2:us-east-1:000000000000:security-group/{group}"
    assert [cidr for _, _, cidr in world_rules(session, group)] == ["0.0.0.0/0"]
