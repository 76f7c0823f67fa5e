"""The default security group of a VPC is emptied."""

from cloud import Rule, rule
from opsplane.playbooks.plan import Observation
from planned import calls, plan, playbook, subject

GROUP = subject("AWS::EC2::SecurityGroup", "sg-1")
OUT: Rule = {"IsEgress": True, "IpProtocol": "-1", "FromPort": -1, "ToPort": -1, "CidrIpv4": "0.0.0.0/0"}


def seen(*rules: Rule, name: str = "default", users: int = 0) -> Observation:
    """A group with rules, and the interfaces that use it."""
    evidence = {"group": {"name": name, "vpc": "vpc-1"}, "rules": list(rules)}
    return Observation(evidence={**evidence, "network_interfaces": [f"eni-{n}" for n in range(users)]})


def test_every_rule_goes_in_and_out() -> None:
    """Also those that name no range of the internet; undo brings each back."""
    steps = plan("sg-default-close", GROUP, seen(rule(22, "10.0.0.0/8"), OUT))

    assert calls(steps) == ["revoke_security_group_ingress", "revoke_security_group_egress"]
    assert calls(steps, "undo") == ["authorize_security_group_egress", "authorize_security_group_ingress"]


def test_a_group_of_another_name_is_left() -> None:
    """The finding may be about any group."""
    assert plan("sg-default-close", GROUP, seen(OUT, name="web")) == ()


def test_an_empty_one_is_left() -> None:
    """Nothing to do."""
    assert plan("sg-default-close", GROUP, seen()) == ()


def test_a_group_in_use_is_a_reason_to_ask() -> None:
    """Whatever uses it would lose its network."""
    caution = playbook("sg-default-close").caution
    assert caution is not None

    assert caution(GROUP, seen(OUT), {}) is None
    assert str(caution(GROUP, seen(OUT, users=2), {})).startswith("2 network interface(s) use the group: eni-0, eni-1")
