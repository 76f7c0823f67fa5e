"""Which IAM action allows a call of the API.

Most actions are the operation's name under the service's prefix; the exceptions stand here, as the Service
Authorization Reference has them: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

import re

from opsplane.playbooks.plan import Call

_PREFIXES = {
    "elbv2": "elasticloadbalancing",
    "s3control": "s3",
    "accessanalyzer": "access-analyzer",
    "application-autoscaling": "application-autoscaling",
}
"""boto3's name of a service where its IAM prefix is another one."""

_ACTIONS = {
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "s3:PutBucketPublicAccessBlock",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:DeleteBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:DeleteBucketLifecycle": "s3:PutLifecycleConfiguration",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3control:GetPublicAccessBlock": "s3:GetAccountPublicAccessBlock",
    "s3control:PutPublicAccessBlock": "s3:PutAccountPublicAccessBlock",
    "s3control:DeletePublicAccessBlock": "s3:PutAccountPublicAccessBlock",
}
"""Actions that are not named after their operation, by boto3's service and the operation."""


_ACRONYMS = re.compile(r"Db(?=[A-Z])|Ip(?=Set|Address|v6)|Mfa(?=D)|Acl(?=$|F|s?$)|Waf|Acl(?=Entry)")
"""Words of operations that IAM writes in capitals: DB, IP, MFA, ACL."""


def iam_action(call: Call) -> str:
    """The IAM action that allows a call, e.g. `ec2:RevokeSecurityGroupIngress`."""
    operation = re.sub(r"(?:^|_)([a-z0-9])", lambda found: found.group(1).upper(), call.operation)
    operation = _ACRONYMS.sub(lambda found: found.group().upper(), operation)
    known = _ACTIONS.get(f"{call.service}:{operation}")
    return known or f"{_PREFIXES.get(call.service, call.service)}:{operation}"


def iam_actions(call: Call) -> frozenset[str]:
    """All IAM actions that a call needs: its own, the right to tag what it makes in EC2, and to hand a role on."""
    found = {iam_action(call)}
    if call.service == "ec2" and "TagSpecifications" in call.parameters:
        found.add("ec2:CreateTags")
    if call.operation == "create_db_snapshot" and "Tags" in call.parameters:
        found.add("rds:AddTagsToResource")
    if _ROLES & call.parameters.keys():
        found.add("iam:PassRole")
    return frozenset(found)


_ROLES = frozenset({"DeliverLogsPermissionArn", "IamInstanceProfile", "executionRoleArn", "taskRoleArn"})
"""Parameters that hand a role to a service: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html"""
