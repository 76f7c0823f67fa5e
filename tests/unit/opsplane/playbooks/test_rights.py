"""Which IAM action allows a call."""

import pytest
from opsplane.playbooks.plan import Call
from opsplane.playbooks.rights import iam_action, iam_actions


@pytest.mark.parametrize(
    ("service", "operation", "action"),
    [
        ("ec2", "revoke_security_group_ingress", "ec2:RevokeSecurityGroupIngress"),
        ("s3", "put_bucket_policy", "s3:PutBucketPolicy"),
        ("s3", "put_public_access_block", "s3:PutBucketPublicAccessBlock"),
        ("s3", "get_public_access_block", "s3:GetBucketPublicAccessBlock"),
        ("s3", "delete_public_access_block", "s3:PutBucketPublicAccessBlock"),
        ("s3", "head_bucket", "s3:ListBucket"),
        ("s3control", "put_public_access_block", "s3:PutAccountPublicAccessBlock"),
        ("elbv2", "modify_listener", "elasticloadbalancing:ModifyListener"),
    ],
)
def test_a_call_is_allowed_by_its_action(service: str, operation: str, action: str) -> None:
    """Some services name rights differently from their operations, or have another prefix."""
    assert iam_action(Call(service=service, operation=operation, parameters={})) == action


def test_a_call_that_tags_what_it_makes_needs_the_right_to_tag() -> None:
    """EC2 checks CreateTags beside the call itself."""
    call = Call(service="ec2", operation="create_security_group", parameters={"TagSpecifications": []})

    assert iam_actions(call) == {"ec2:CreateSecurityGroup", "ec2:CreateTags"}
