"""A compromised instance is cut off, after its evidence was kept."""

from typing import Any

from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

INSTANCE = subject("AWS::EC2::Instance", "i-1", finding="f-1")


def seen(groups: list[str] | None = None, **more: Any) -> Observation:
    """An instance with a disk, an interface and all that hangs on it."""
    state: dict[str, Any] = {
        "termination protection": False,
        "auto scaling group": "fleet",
        "target in web": [{"Id": "i-1", "Port": 80}],
        "groups of eni-1": groups or ["sg-1"],
        "instance profile": "arn:aws:iam::000000000000:instance-profile/app",
    }
    evidence = {"volumes": ["vol-1"], "vpc": "vpc-1", "ipv6": [], "isolation_rules": []}
    return Observation(state={**state, **more}, evidence={**evidence, "target_groups": {"target in web": "arn"}})


def test_evidence_comes_first_and_the_lifeline_last() -> None:
    """A snapshot before the groups, so that what happens next cannot destroy it."""
    assert calls(plan("ec2-isolate", INSTANCE, seen())) == [
        "create_snapshot",
        "detach_instances",
        "deregister_targets",
        "create_security_group",
        "revoke_security_group_egress",
        "modify_network_interface_attribute",
        "disassociate_iam_instance_profile",
        "modify_instance_attribute",
    ]


def test_undo_goes_back_in_reverse_and_keeps_the_evidence() -> None:
    """Snapshot and isolation group stay."""
    assert calls(plan("ec2-isolate", INSTANCE, seen()), "undo") == [
        "modify_instance_attribute",
        "associate_iam_instance_profile",
        "modify_network_interface_attribute",
        "register_targets",
        "attach_instances",
    ]


def test_an_instance_that_is_cut_off_is_left() -> None:
    """Findings repeat every few hours; each would take another snapshot."""
    assert plan("ec2-isolate", INSTANCE, seen(groups=["isolation group"])) == ()


def test_an_isolation_group_that_somebody_opened_is_emptied() -> None:
    """By the ids of its rules, and no new group is made."""
    rules = [{"SecurityGroupRuleId": "sgr-1", "IsEgress": False}, {"SecurityGroupRuleId": "sgr-2", "IsEgress": True}]
    found = seen(**{"isolation group": "open"})
    found = found.model_copy(update={"evidence": {**found.evidence, "isolation_rules": rules}})

    [step] = [each for each in plan("ec2-isolate", INSTANCE, found) if each.target == "isolation group"]

    assert [call.operation for call in step.apply] == ["revoke_security_group_ingress", "revoke_security_group_egress"]


def test_without_surroundings_there_is_less_to_do() -> None:
    """No scaling, no targets, no profile, protected already, a group at hand."""
    state = {"termination protection": True, "groups of eni-1": ["sg-1"], "isolation group": "closed"}
    found = Observation(state=state, evidence={"volumes": [], "target_groups": {}})

    assert calls(plan("ec2-isolate", INSTANCE, found)) == ["modify_network_interface_attribute"]


def instance(**facts: Any) -> Answers:
    """EC2 with one instance in an isolation group that somebody opened."""
    described = {
        "State": {"Name": "running"},
        "VpcId": "vpc-1",
        "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "Groups": [{"GroupId": "sg-9"}]}],
        **facts,
    }
    return Answers(
        describe_instances={"Reservations": [{"Instances": [described]}]},
        describe_instance_attribute={"DisableApiTermination": {"Value": False}},
        describe_snapshots={"Snapshots": []},
        describe_auto_scaling_instances={"AutoScalingInstances": []},
        describe_target_groups={"TargetGroups": []},
        describe_security_groups={"SecurityGroups": [{"GroupId": "sg-9"}]},
        describe_vpcs={"Vpcs": [{}]},
        describe_security_group_rules={"SecurityGroupRules": [{"SecurityGroupRuleId": "sgr-1", "IsEgress": True}]},
        describe_iam_instance_profile_associations={"IamInstanceProfileAssociations": []},
        get_console_output={"Output": "login:"},
    )


def test_an_instance_in_an_isolation_group_that_somebody_opened_is_not_cut_off() -> None:
    """Nothing shows on the instance itself; the group is emptied again, and the interface stays where it is."""
    found = playbook("ec2-isolate").observe(instance(), INSTANCE)

    assert found.state["groups of eni-1"] == ["sg-9"]
    made = calls(plan("ec2-isolate", INSTANCE, found))
    assert "revoke_security_group_egress" in made
    assert "modify_network_interface_attribute" not in made


def test_a_spot_instance_is_not_protected_against_termination() -> None:
    """EC2 refuses that for spot, and a refused step would leave the action failed."""
    found = playbook("ec2-isolate").observe(instance(InstanceLifecycle="spot"), INSTANCE)

    assert "modify_instance_attribute" not in calls(plan("ec2-isolate", INSTANCE, found))


def test_an_interface_that_was_attached_after_the_plan_was_made_is_not_missed() -> None:
    """A person may approve hours later; then the verification names it, and the item stays open."""
    [look] = [step for step in plan("ec2-isolate", INSTANCE, seen()) if step.target == "every interface"]

    assert (look.apply, look.after) == ((), "isolated")
