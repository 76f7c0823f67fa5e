"""Which IAM actions a call of the AWS API needs.

Most actions are the operation's name under the service's prefix; the exceptions stand here, as the Service
Authorization Reference has them: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

from functools import cache

from botocore import xform_name
from botocore.session import Session
from opsplane.playbooks.plan import Call

_PREFIXES = {"elbv2": "elasticloadbalancing", "s3control": "s3", "accessanalyzer": "access-analyzer"}
"""boto3's name of a service where its IAM prefix is another one."""

_ACTIONS = {
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:DeleteBucketReplication": "s3:PutReplicationConfiguration",
    "s3:GetBucketReplication": "s3:GetReplicationConfiguration",
    "s3:PutBucketReplication": "s3:PutReplicationConfiguration",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "s3control:PutPublicAccessBlock": "s3:PutAccountPublicAccessBlock",
    "s3control:DeletePublicAccessBlock": "s3:PutAccountPublicAccessBlock",
}
"""Actions that are not named after their operation, by boto3's service and the operation."""

_ROLES = frozenset(
    {
        "CloudWatchLogsRoleArn",
        "DeliverLogsPermissionArn",
        "IamInstanceProfile",
        "ReplicationConfiguration",
        "executionRoleArn",
        "taskRoleArn",
    }
)
"""Parameters that hand a role to a service: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"""


@cache
def _operations(service: str) -> dict[str, str]:
    """The operations of a service by boto3's names for them."""
    return {xform_name(name): name for name in Session().get_service_model(service).operation_names}


def iam_action(call: Call) -> str:
    """The IAM action that allows a call, e.g. `ec2:RevokeSecurityGroupIngress`."""
    operation = _operations(call.service)[call.operation]
    return _ACTIONS.get(f"{call.service}:{operation}") or f"{_PREFIXES.get(call.service, call.service)}:{operation}"


def iam_actions(call: Call) -> frozenset[str]:
    """All that a call needs: its own action, the right to tag what it makes, and to hand a role on."""
    found = {iam_action(call)}
    if call.service == "ec2" and "TagSpecifications" in call.parameters:
        found.add("ec2:CreateTags")
    if call.operation == "register_task_definition" and "tags" in call.parameters:
        found.add("ecs:TagResource")
    if call.operation == "create_db_snapshot" and "Tags" in call.parameters:
        found.add("rds:AddTagsToResource")
    if call.operation in {"associate_web_acl", "disassociate_web_acl"} and ":loadbalancer/" in str(call.parameters):
        # https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
        found.add("elasticloadbalancing:SetWebACL")
    if _ROLES & call.parameters.keys():
        found.add("iam:PassRole")
    return frozenset(found)
