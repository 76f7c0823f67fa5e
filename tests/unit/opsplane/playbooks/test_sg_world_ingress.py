"""A security group that lets the whole internet in is closed again, rule by rule."""

from typing import Any

import pytest
from builders import Deployment, group_opened, role, signal
from cloud import GROUP, Cloud, Rule, rule
from hypothesis import given
from hypothesis import strategies as st
from opsplane import commands
from opsplane.actions.action import ActionState
from opsplane.decisions.decision import Outcome
from opsplane.exposure.addresses import is_world
from opsplane.playbooks.plan import Step
from opsplane.playbooks.sg_world_ingress import observe, plan

PARAMETERS = {"allow_tag": "opsplane:allow-world-ingress", "allowable_ports": [80, 443]}


def steps(cloud: Cloud) -> tuple[Step, ...]:
    """What the playbook would do about the group."""
    heard = signal(group_opened())
    return plan(heard.subject, observe(cloud, heard.subject), PARAMETERS)


def targets(cloud: Cloud) -> list[str]:
    """What the playbook would touch."""
    return [step.target for step in steps(cloud)]


def test_only_the_open_rule_is_revoked() -> None:
    """Neighbours on the same port, in both families and by group or prefix list, stay."""
    neighbours = [
        rule(22, "10.20.0.0/16"),
        rule(22, "2001:db8::/32"),
        {"IsEgress": False, "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListId": "pl-1"},
        {
            "IsEgress": False,
            "IpProtocol": "tcp",
            "FromPort": 22,
            "ToPort": 22,
            "ReferencedGroupInfo": {"GroupId": "sg-2"},
        },
    ]
    cloud = Cloud().open_group(*neighbours, rule(22), rule(22, "::/0"))

    Deployment(cloud).receive(group_opened())

    assert cloud.rules() == Cloud().open_group(*neighbours).rules()


def test_two_halves_of_the_internet_are_two_steps() -> None:
    """Writing 0.0.0.0/0 in two rules does not help."""
    cloud = Cloud().open_group(rule(22, "0.0.0.0/1"), rule(22, "128.0.0.0/1"))

    assert targets(cloud) == ["ingress tcp 22-22 0.0.0.0/1", "ingress tcp 22-22 128.0.0.0/1"]


@pytest.mark.parametrize(
    "open_rule",
    [
        rule(22),
        rule(0, to=65535),
        rule(None, protocol="-1"),
        rule(-1, protocol="icmp"),
        rule(53, protocol="udp"),
        rule(443, protocol="udp"),
        rule(443, to=444),
        rule(79, to=80),
        rule(None, protocol="tcp"),
    ],
)
def test_what_nobody_allowed_is_revoked_whatever_its_shape(open_rule: Rule) -> None:
    """The tag claims 80 and 443 of TCP, each by itself: no range around them, no other protocol."""
    cloud = Cloud().open_group(open_rule, allow_world_ingress="80,443")

    assert len(steps(cloud)) == 1


@pytest.mark.parametrize("claim", ["443", "80,443", " 443 , 80 ", "443 80", "443,443"])
def test_a_claimed_port_that_policy_lets_claim_is_left(claim: str) -> None:
    """The load balancer's group says so with a tag, however it is spaced."""
    assert steps(Cloud().open_group(rule(443), allow_world_ingress=claim)) == ()


@pytest.mark.parametrize("claim", ["22", "22,443", "0-65535", "*", "all", "443;22", "", "４４３"])
def test_the_tag_cannot_exempt_ssh(claim: str) -> None:
    """Whoever may tag a group may not open it: only ports that policy lists can be claimed."""
    assert targets(Cloud().open_group(rule(22), allow_world_ingress=claim)) == ["ingress tcp 22-22 0.0.0.0/0"]


def test_without_the_tag_the_load_balancers_ports_are_closed_too() -> None:
    """Allowed means allowed for a group that claims it."""
    assert targets(Cloud().open_group(rule(443))) == ["ingress tcp 443-443 0.0.0.0/0"]


@pytest.mark.parametrize(
    "parameters", [{}, {"allow_tag": "t"}, {"allowable_ports": [22]}, {"allow_tag": "t", "allowable_ports": "22"}]
)
def test_a_policy_without_parameters_allows_nothing(parameters: dict[str, Any]) -> None:
    """What is missing or of the wrong type never opens anything."""
    heard = signal(group_opened())
    cloud = Cloud().open_group(rule(22))
    cloud.groups[GROUP].tags["t"] = "22"

    assert len(plan(heard.subject, observe(cloud, heard.subject), parameters)) == 1


def test_a_step_says_what_was_and_what_will_be() -> None:
    """Before is the rule with description and tags, after is nothing."""
    tagged = rule(22, Description="temporary", Tags=[{"Key": "owner", "Value": "alice"}])

    [step] = steps(Cloud().open_group(tagged))

    assert (step.before, step.after) == ({"description": "temporary", "tags": {"owner": "alice"}}, None)
    assert step.summary == f"Revoke ingress tcp 22-22 0.0.0.0/0 from {GROUP}"


def test_the_evidence_holds_every_rule_and_what_uses_the_group() -> None:
    """An investigation finds it all in the record, also when the group is deleted later."""
    cloud = Cloud().open_group(rule(22), rule(22, "10.20.0.0/16"))

    Deployment(cloud).receive(group_opened())
    found = observe(Cloud().open_group(rule(22)), signal(group_opened()).subject)

    assert found.evidence["network_interfaces"] == ["eni-1"]
    assert found.evidence["group"] == {"name": "web", "vpc": "vpc-1"}


PORT = st.integers(0, 65535)
CIDR = st.sampled_from(["0.0.0.0/0", "0.0.0.0/1", "10.0.0.0/8", "203.0.113.7/32", "::/0", "2001:db8::/32"])
DESCRIPTION = st.sampled_from([{}, {"Description": "office"}, {"Tags": [{"Key": "owner", "Value": "alice"}]}])
RULE = st.builds(
    lambda low, span, cidr, protocol, more: rule(low, cidr, protocol, to=min(low + span, 65535), **more),
    PORT,
    st.integers(0, 9),
    CIDR,
    st.sampled_from(["tcp", "udp"]),
    DESCRIPTION,
)
RULES = st.lists(
    RULE, max_size=8, unique_by=lambda each: str({key: each[key] for key in each if key not in {"Description", "Tags"}})
)


@given(RULES)
def test_apply_and_undo_restore_exactly(rules: list[Rule]) -> None:
    """Whatever the group holds: the world is out after the apply, all is back after the undo, neighbours never move."""
    cloud = Cloud().open_group(rule(23), *rules)
    before = cloud.snapshot()
    deployment = Deployment(cloud)

    deployment.receive(group_opened())
    closed = cloud.rules()
    commands.undo(deployment.action.id, "bob", deployment.ports)
    ended = deployment.carry_out(deployment.action.id)

    assert closed == [each for each in before[0][GROUP][0] if not is_world(each.get("CidrIpv4") or each["CidrIpv6"])]
    assert ended.state is ActionState.UNDONE
    assert cloud.snapshot() == before


def modified() -> Deployment:
    """A group whose office rule was seen in order before ModifySecurityGroupRules made it face the world."""
    deployment = Deployment(Cloud().open_group(rule(22, "10.20.0.0/16", Description="office")))
    deployment.receive(group_opened(id="event-0"))
    return deployment


def widen(deployment: Deployment) -> None:
    """Give the one rule of the group another source; its id stays."""
    [only] = deployment.cloud.groups[GROUP].rules
    only |= {"CidrIpv4": "0.0.0.0/0", "Description": "temporary"}


def test_a_rule_that_was_modified_gets_its_former_source_back() -> None:
    """Revoking alone would lock the office out: the rule was not added, it was changed."""
    deployment = modified()
    widen(deployment)

    record = deployment.receive(group_opened(id="event-1"))

    assert record.outcome is Outcome.ACT
    assert deployment.cloud.rules() == [rule(22, "10.20.0.0/16", Description="office")]


def test_undoing_the_return_of_a_rule_brings_the_wide_one_back() -> None:
    """Undo leads to what was before the action, not before the change."""
    deployment = modified()
    widen(deployment)
    deployment.receive(group_opened(id="event-1"))

    commands.undo(deployment.action.id, "bob", deployment.ports)
    deployment.carry_out(deployment.action.id)

    assert deployment.cloud.rules() == [rule(22, "0.0.0.0/0", Description="temporary")]


def test_a_rule_that_is_modified_twice_gets_its_former_source_back_twice() -> None:
    """The rule that we gave back has a new id; our own change comes back to us, and so it is known all the same."""
    deployment = modified()
    for number in (1, 2):
        widen(deployment)
        deployment.receive(group_opened(id=f"event-{number}"))
        deployment.receive(group_opened(id=f"own-{number}", identity=role("opsplane-dev-remediator")))

    assert deployment.cloud.rules() == [rule(22, "10.20.0.0/16", Description="office")]
