"""A suspicious login to a database."""

from typing import Any

from cloud import rule
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

LOGIN = subject("AWS::RDS::DBInstance", "orders", finding="F-00/1", addresses=["198.51.100.7"])
SNAPSHOT = "snapshot opsplane-orders-f001"


def seen(*named: dict[str, Any], taken: bool = False) -> Observation:
    """The rules of just that address, and whether the snapshot is there."""
    rules = [{**each, "GroupId": "sg-1"} for each in named]
    return Observation(state={SNAPSHOT: "taken"} if taken else {}, evidence={"named": rules})


def test_the_snapshot_comes_first() -> None:
    """It is evidence and stays; the rule can come back."""
    steps = plan("rds-login-response", LOGIN, seen(rule(5432, "198.51.100.7/32")))

    assert calls(steps) == ["create_db_snapshot", "revoke_security_group_ingress"]
    assert calls(steps, "undo") == ["authorize_security_group_ingress"]


def test_one_case_is_one_snapshot() -> None:
    """The finding repeats, and its name is made of the finding's."""
    assert plan("rds-login-response", LOGIN, seen(taken=True)) == ()


def test_only_a_rule_of_just_that_address_is_meant() -> None:
    """The office's network stays, whoever sits in it."""
    rules = [rule(5432, "198.51.100.0/24"), rule(5432, "198.51.100.7/32"), rule(5432, "198.51.100.8/32")]
    rules = [{**each, "GroupId": "sg-1", "IsEgress": False} for each in rules]
    api = Answers(
        describe_db_instances={"DBInstances": [{"VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-1"}]}]},
        describe_security_group_rules={"SecurityGroupRules": rules},
    )

    found = playbook("rds-login-response").observe(api, LOGIN)

    assert list(found.state) == ["sg-1 ingress tcp 5432-5432 198.51.100.7/32"]
