"""Plan, step and call."""

from opsplane.playbooks.plan import LIVE, Call, Plan, Step, live
from opsplane.signals.signal import Resource

GROUP = Resource(type="AWS::EC2::SecurityGroup", id="sg-1", account="000000000000", region="us-east-1")


def step(target: str) -> Step:
    """A step that takes something away."""
    call = Call(service="ec2", operation="revoke_security_group_ingress", parameters={"GroupId": "sg-1"})
    return Step(target=target, summary=f"Revoke {target}", before={}, after=None, apply=(call,), undo=())


def test_plans_that_do_the_same_have_one_digest() -> None:
    """Steps count, in their order; what was observed beside them does not."""
    one = Plan(playbook="p", resource=GROUP, steps=(step("a"), step("b")), evidence={})
    same = one.model_copy(update={"evidence": {"seen": "later"}})
    other = one.model_copy(update={"steps": (step("b"), step("a"))})

    assert one.digest == same.digest != other.digest
    assert one.targets == other.targets == {"a", "b"}


def test_a_plan_survives_the_ledger() -> None:
    """What is carried out after a day is what was planned."""
    plan = Plan(playbook="p", resource=GROUP, steps=(step("a"),), evidence={"rules": [{"FromPort": 22}]})

    assert Plan.model_validate_json(plan.model_dump_json()) == plan


def test_what_cannot_be_undone_is_known_beforehand() -> None:
    """The plan says so for each step, before anything is done."""
    stop = step("task").model_copy(update={"final": "a stopped task does not come back"})
    plan = Plan(playbook="p", resource=GROUP, steps=(step("a"), stop), evidence={})

    assert plan.finals == ("task: a stopped task does not come back",)


def test_a_plan_can_be_made_again_from_what_it_keeps() -> None:
    """The subject has the resource and what the signal said of it."""
    plan = Plan(playbook="p", resource=GROUP, steps=(), evidence={}, facts={"addresses": ["203.0.113.7"]})

    assert (plan.subject.resource, plan.subject.facts) == (GROUP, {"addresses": ["203.0.113.7"]})
    assert live("lock token") == {LIVE: "lock token"}
