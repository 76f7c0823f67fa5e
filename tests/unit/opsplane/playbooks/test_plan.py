"""Plan, step and call."""

import pytest
from opsplane.playbooks.plan import Call, Plan, Step, iam_action
from opsplane.signals.signal import Resource

GROUP = Resource(type="AWS::EC2::SecurityGroup", id="sg-1", account="000000000000", region="us-east-1")


def step(target: str) -> Step:
    """A step that takes something away."""
    call = Call(service="ec2", operation="revoke_security_group_ingress", parameters={"GroupId": "sg-1"})
    return Step(target=target, summary=f"Revoke {target}", before={}, after=None, apply=(call,), undo=())


@pytest.mark.parametrize(
    ("service", "operation", "action"),
    [
        ("ec2", "revoke_security_group_ingress", "ec2:RevokeSecurityGroupIngress"),
        ("s3", "put_bucket_policy", "s3:PutBucketPolicy"),
        ("s3", "put_public_access_block", "s3:PutBucketPublicAccessBlock"),
        ("s3", "get_public_access_block", "s3:GetBucketPublicAccessBlock"),
        ("s3", "delete_public_access_block", "s3:PutBucketPublicAccessBlock"),
        ("s3", "head_bucket", "s3:ListBucket"),
    ],
)
def test_a_call_is_allowed_by_its_action(service: str, operation: str, action: str) -> None:
    """S3 names some rights differently from its operations."""
    assert iam_action(Call(service=service, operation=operation, parameters={})) == action


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
