"""Who may do what: one row for each call, written out by hand."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from iam_decisions import Decision

ACCOUNT = "000000000000"
ALLOWED, DENIED, NOT_ALLOWED = Decision.ALLOWED, Decision.DENIED, Decision.NOT_ALLOWED

type Known = Mapping[str, str | Sequence[str]]
"""What AWS knows about a call beside action and resource."""


class Call(NamedTuple):
    """A call of a role, the requirement that is about it, and how it must end."""

    requirement: str
    who: str
    action: str
    resource: str
    known: Known
    expected: Decision


class Token(NamedTuple):
    """The subject of a workflow's token, and the roles it may be: all of them, not only some."""

    requirement: str
    subject: str
    roles: frozenset[str]


class Person(NamedTuple):
    """A user who wants to be a role."""

    requirement: str
    role: str
    user: str
    known: dict[str, str]
    expected: Decision


def aws(service: str, name: str) -> str:
    """Return the ARN of a thing in our region and account."""
    return f"arn:aws:{service}:us-east-1:{ACCOUNT}:{name}"


def service(env: str) -> str:
    """Return an environment's service."""
    return aws("ecs", f"service/cloudplatform-{env}-ecs-cluster/cloudplatform-{env}-service-fastapi")


def cluster(env: str) -> str:
    """Return an environment's cluster."""
    return aws("ecs", f"cluster/cloudplatform-{env}-ecs-cluster")


def task(env: str) -> str:
    """Return a task of an environment."""
    return aws("ecs", f"task/cloudplatform-{env}-ecs-cluster/1")


def revision(env: str) -> str:
    """Return a revision of an environment's task definition."""
    return aws("ecs", f"task-definition/cloudplatform-{env}-task-fastapi:7")


def db(env: str) -> str:
    """Return an environment's database."""
    return aws("rds", f"db:cloudplatform-{env}-rds-postgres")


def secret(env: str) -> str:
    """Return a secret of an environment's application."""
    return aws("secretsmanager", f"secret:/{env}/app/jwt-secret-Ab12Cd")


def logs(env: str) -> str:
    """Return the log group of an environment's service."""
    return aws("logs", f"log-group:/ecs/{env}/fastapi")


def function(env: str) -> str:
    """Return a function of an environment's fleet."""
    return aws("lambda", f"function:opsplane-{env}-remediator")


def bucket(owner: str) -> str:
    """Return a bucket of an environment, or of the account."""
    return f"arn:aws:s3:::cloudplatform-{owner}-logs-{ACCOUNT}"


def state(root: str) -> str:
    """Return the state of a root."""
    return f"{STATES}/{root}/terraform.tfstate"


def role(name: str) -> str:
    """Return a role."""
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def task_role(env: str) -> str:
    """Return the role of an environment's tasks."""
    return role(f"cloudplatform-{env}-role-ecs-task")


def user(name: str) -> str:
    """Return a user."""
    return f"arn:aws:iam::{ACCOUNT}:user/{name}"


def boundary(owner: str) -> str:
    """Return a boundary."""
    return f"arn:aws:iam::{ACCOUNT}:policy/cloudplatform-{owner}-boundary"


def of(env: str) -> dict[str, str]:
    """Return what AWS knows about a resource with an environment's tag."""
    return {"aws:ResourceTag/Environment": env}


def making(env: str) -> dict[str, str]:
    """Return what AWS knows about a call that gives a resource an environment's tag."""
    return {"aws:RequestTag/Environment": env}


def bounded(owner: str) -> dict[str, str]:
    """Return what AWS knows about a call that makes or changes a role with a boundary."""
    return {"iam:PermissionsBoundary": boundary(owner)}


def naming(*names: str) -> dict[str, list[str]]:
    """Return what AWS knows about a change of records."""
    return {"route53:ChangeResourceRecordSetsNormalizedRecordNames": list(names)}


def locking(root: str) -> dict[str, list[str]]:
    """Return what AWS knows about a lock in the table."""
    return {"dynamodb:LeadingKeys": [state(root).removeprefix("arn:aws:s3:::")]}


def known_as(alias: str) -> Known:
    """Return what AWS knows about a key that is used directly."""
    return {"kms:ResourceAliases": [alias]}


def through_s3(alias: str) -> Known:
    """Return what AWS knows about a key that S3 uses for somebody."""
    return {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:ResourceAliases": [alias]}


STATES = f"arn:aws:s3:::cloudplatform-terraform-state-{ACCOUNT}"
IMAGES = aws("ecr", "repository/cloudplatform-service")
GROUP = aws("ec2", "security-group/sg-1")
VPC = aws("ec2", "vpc/vpc-1")
ACL = aws("ec2", "network-acl/acl-1")
ROUTES = aws("ec2", "route-table/rtb-1")
KEY = aws("kms", "key/1")
EVENT_SOURCE = aws("lambda", "event-source-mapping:1")
CACHE = aws("elasticache", "replicationgroup:cloudplatform-prod-redis")
VAULT = aws("backup", "backup-vault:cloudplatform-prod-vault")
LEDGER = aws("dynamodb", "table/opsplane-prod-ledger")
TRAIL = aws("cloudtrail", "trail/cloudplatform-global-trail")
DETECTOR = aws("guardduty", "detector/1")
LOCKS = aws("dynamodb", "table/cloudplatform-global-terraform-lock")
ARTEFACT = "arn:aws:s3:::aws-sam-cli-managed-default-x/opsplane-dev/1"
ZONE = "arn:aws:route53:::hostedzone/Z1"
PUBLIC = {"s3:x-amz-acl": "public-read"}
TO_TASKS = {"iam:PassedToService": "ecs-tasks.amazonaws.com"}
TO_MACHINES = {"iam:PassedToService": "ec2.amazonaws.com"}
CHANGE_RECORDS = "route53:ChangeResourceRecordSets"
OPEN_GROUP = "ec2:AuthorizeSecurityGroupIngress"
CLOSE_GROUP = "ec2:RevokeSecurityGroupIngress"
EMPTY_ACL = "ec2:DeleteNetworkAclEntry"
ENCRYPT_SHELL = "kms:GenerateDataKey"
READ_SECRET = "secretsmanager:GetSecretValue"
BLOCK_BUCKET = "s3:PutBucketPublicAccessBlock"

PUSHING = [
    Call("IAM-13", "build-push", "ecr:GetAuthorizationToken", "*", {}, ALLOWED),
    Call("IAM-13", "build-push", "ecr:PutImage", IMAGES, {}, ALLOWED),
    Call("IAM-13", "build-push", "ecr:PutImage", aws("ecr", "repository/other"), {}, NOT_ALLOWED),
    Call("IAM-13", "build-push", "ecr:BatchDeleteImage", IMAGES, {}, NOT_ALLOWED),
    Call("IAM-13", "build-push", "ecs:UpdateService", service("dev"), {}, NOT_ALLOWED),
]

DEPLOYING = [
    Call("IAM-14", "deploy-dev", "ecs:UpdateService", service("dev"), of("dev"), ALLOWED),
    Call("IAM-14", "deploy-prod", "ecs:UpdateService", service("prod"), of("prod"), ALLOWED),
    Call("IAM-14", "deploy-dev", "ecs:UpdateService", f"{service('dev')}-other", of("dev"), NOT_ALLOWED),
    Call("IAM-14", "deploy-staging", "ecs:DescribeServices", service("staging"), of("staging"), ALLOWED),
    Call("IAM-15", "deploy-dev", "ecs:DescribeTaskDefinition", "*", {}, ALLOWED),
    Call("IAM-15", "deploy-dev", "ecs:RegisterTaskDefinition", revision("dev"), {}, ALLOWED),
    Call("IAM-15", "deploy-dev", "ecs:RegisterTaskDefinition", revision("prod"), {}, NOT_ALLOWED),
    Call("X-60", "deploy-dev", "ecs:RunTask", revision("dev"), {"ecs:cluster": cluster("dev")}, ALLOWED),
    Call("X-60", "deploy-dev", "ecs:RunTask", revision("dev"), {"ecs:cluster": cluster("prod")}, NOT_ALLOWED),
    Call("X-05", "deploy-prod", "ecr:PutImage", IMAGES, of("global"), ALLOWED),
    Call("IAM-16", "deploy-dev", "iam:PassRole", task_role("dev"), TO_TASKS, ALLOWED),
    Call("IAM-16", "deploy-dev", "iam:PassRole", role("cloudplatform-dev-role-ecs-execution"), TO_TASKS, ALLOWED),
    Call("IAM-16", "deploy-dev", "iam:PassRole", role("cloudplatform-dev-role-backup"), TO_TASKS, NOT_ALLOWED),
    Call("IAM-16", "deploy-dev", "iam:PassRole", task_role("prod"), TO_TASKS, DENIED),
    Call("IAM-16", "deploy-dev", "iam:PassRole", task_role("dev"), TO_MACHINES, NOT_ALLOWED),
    Call("IAM-17", "deploy-dev", "ecs:DeleteService", service("dev"), of("dev"), NOT_ALLOWED),
    Call("IAM-17", "deploy-prod", "ecs:DeleteService", service("prod"), of("prod"), DENIED),
    Call("SEC-06", "deploy-prod", "ecs:DeleteCluster", cluster("prod"), of("prod"), DENIED),
]

WHO_CHANGES_PROD = [
    Call("IAM-18", "deploy-dev", "ecs:UpdateService", service("prod"), of("prod"), DENIED),
    Call("IAM-18", "deploy-staging", "ecs:UpdateService", service("prod"), of("prod"), DENIED),
    Call("IAM-18", "developer-prod", "ecs:UpdateService", service("prod"), of("prod"), NOT_ALLOWED),
    Call("IAM-18", "developer-prod", "rds:DescribeDBInstances", db("prod"), of("prod"), ALLOWED),
    Call("IAM-18", "plan", "ecs:UpdateService", service("prod"), of("prod"), NOT_ALLOWED),
    Call("IAM-18", "terraform-staging", "rds:ModifyDBInstance", db("prod"), of("prod"), DENIED),
    Call("IAM-18", "terraform-global", "rds:ModifyDBInstance", db("prod"), of("prod"), NOT_ALLOWED),
    Call("IAM-18", "terraform-prod", "rds:ModifyDBInstance", db("prod"), of("prod"), ALLOWED),
    Call("IAM-18", "break-glass", "rds:ModifyDBInstance", db("prod"), of("prod"), ALLOWED),
]

DATA_OF_PROD = [
    Call("IAM-20", "terraform-prod", "rds:DeleteDBInstance", db("prod"), of("prod"), DENIED),
    Call("IAM-20", "terraform-prod", "rds:DeleteDBInstance", db("prod"), {}, DENIED),
    Call("IAM-20", "terraform-prod", "rds:DeleteDBSnapshot", aws("rds", "snapshot:cloudplatform-prod-1"), {}, DENIED),
    Call("IAM-20", "terraform-prod", "elasticache:DeleteReplicationGroup", CACHE, of("prod"), DENIED),
    Call("IAM-20", "terraform-prod", "backup:DeleteBackupVault", VAULT, of("prod"), DENIED),
    Call("IAM-20", "terraform-prod", "kms:ScheduleKeyDeletion", KEY, of("prod"), DENIED),
    Call("IAM-20", "terraform-prod", "s3:DeleteBucket", bucket("prod"), {}, DENIED),
    Call("IAM-20", "terraform-global", "rds:DeleteDBInstance", db("prod"), of("prod"), DENIED),
    Call("IAM-20", "fleet-stack-prod", "dynamodb:DeleteTable", LEDGER, of("prod"), DENIED),
    Call("IAM-20", "terraform-dev", "rds:DeleteDBInstance", db("dev"), of("dev"), ALLOWED),
]

RULES_OF_GROUPS = [
    Call("IAM-21", "terraform-prod", OPEN_GROUP, GROUP, of("prod"), ALLOWED),
    Call("IAM-21", "break-glass", CLOSE_GROUP, GROUP, of("prod"), ALLOWED),
    Call("IAM-21", "terraform-global", OPEN_GROUP, GROUP, of("prod"), DENIED),
    Call("IAM-21", "deploy-prod", OPEN_GROUP, GROUP, of("prod"), DENIED),
    Call("IAM-21", "developer-prod", "ec2:ModifySecurityGroupRules", GROUP, of("prod"), DENIED),
    Call("X-22", "terraform-dev", OPEN_GROUP, GROUP, of("prod"), DENIED),
    Call("X-22", "terraform-dev", OPEN_GROUP, GROUP, of("dev"), ALLOWED),
]

WATCHERS = [
    *[
        Call("IAM-22", who, action, resource, {}, DENIED)
        for who in ("terraform-global", "terraform-prod", "developer-dev", "break-glass")
        for action, resource in (("cloudtrail:StopLogging", TRAIL), ("guardduty:DeleteDetector", DETECTOR))
    ],
    Call("IAM-22", "break-glass", "cloudtrail:PutEventSelectors", TRAIL, {}, DENIED),
    Call("IAM-22", "terraform-prod", "guardduty:UpdateDetector", DETECTOR, {}, DENIED),
    Call("IAM-22", "terraform-global", "cloudtrail:UpdateTrail", TRAIL, {}, ALLOWED),
    Call("IAM-22", "terraform-global", "config:StopConfigurationRecorder", "*", {}, DENIED),
]

NOTHING_PUBLIC = [
    Call("IAM-23", "terraform-prod", "s3:PutBucketAcl", bucket("prod"), PUBLIC, DENIED),
    Call("IAM-23", "terraform-prod", "s3:PutAccountPublicAccessBlock", "*", {}, DENIED),
    Call("IAM-23", "terraform-prod", BLOCK_BUCKET, bucket("prod"), {}, ALLOWED),
    Call("IAM-23", "developer-dev", BLOCK_BUCKET, bucket("dev"), {}, DENIED),
    Call("IAM-23", "deploy-fleet-dev", "s3:PutObject", ARTEFACT, {}, ALLOWED),
    Call("IAM-23", "deploy-fleet-dev", "s3:PutObject", ARTEFACT, PUBLIC, DENIED),
]

PEOPLE_AT_WORK = [
    Call("IAM-24", "developer-dev", "ecs:UpdateService", service("dev"), of("dev"), ALLOWED),
    Call("IAM-24", "developer-dev", "ecs:ExecuteCommand", task("dev"), of("dev"), ALLOWED),
    Call("IAM-24", "developer-dev", ENCRYPT_SHELL, KEY, known_as("alias/cloudplatform-dev"), ALLOWED),
    Call("IAM-24", "developer-dev", ENCRYPT_SHELL, KEY, known_as("alias/cloudplatform-prod"), NOT_ALLOWED),
    Call("IAM-24", "developer-dev", "kms:Decrypt", KEY, known_as("alias/cloudplatform-dev"), NOT_ALLOWED),
    Call("IAM-24", "developer-dev", READ_SECRET, secret("dev"), of("dev"), ALLOWED),
    Call("IAM-24", "developer-dev", "ecs:DeleteService", service("dev"), of("dev"), NOT_ALLOWED),
    Call("IAM-24", "developer-dev", "rds:DeleteDBInstance", db("dev"), of("dev"), NOT_ALLOWED),
    Call("IAM-24", "developer-staging", "ecs:UpdateService", service("staging"), of("staging"), ALLOWED),
    Call("IAM-24", "developer-staging", "ecs:ExecuteCommand", task("staging"), of("staging"), NOT_ALLOWED),
    Call("IAM-24", "developer-staging", ENCRYPT_SHELL, KEY, known_as("alias/cloudplatform-staging"), NOT_ALLOWED),
    Call("IAM-24", "developer-staging", READ_SECRET, secret("staging"), of("staging"), NOT_ALLOWED),
    Call("IAM-24", "developer-prod", "logs:StartQuery", logs("prod"), of("prod"), ALLOWED),
    Call("IAM-24", "developer-prod", "s3:GetObject", f"{bucket('prod')}/a", {}, NOT_ALLOWED),
]

APART = [
    Call("IAM-25", "developer-dev", "logs:StartQuery", logs("prod"), of("prod"), DENIED),
    Call("IAM-25", "developer-dev", READ_SECRET, secret("prod"), of("prod"), DENIED),
    Call("IAM-25", "terraform-dev", "ec2:DeleteVpc", VPC, of("prod"), DENIED),
    Call("IAM-25", "terraform-dev", "ec2:DeleteVpc", VPC, {}, NOT_ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:DeleteVpc", VPC, of("dev"), ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateVpc", VPC, making("dev"), ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateVpc", VPC, making("prod"), DENIED),
    Call("IAM-25", "terraform-dev", "ec2:CreateVpc", VPC, {}, NOT_ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", VPC, of("prod") | making("dev"), DENIED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", VPC, making("dev"), NOT_ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", GROUP, making("dev"), ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", ROUTES, making("dev"), ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", ACL, making("dev"), ALLOWED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", ACL, making("prod"), DENIED),
    Call("IAM-25", "terraform-dev", "ec2:CreateTags", ACL, of("prod") | making("dev"), DENIED),
    Call("IAM-25", "terraform-dev", EMPTY_ACL, ACL, {}, ALLOWED),
    Call("IAM-25", "terraform-dev", EMPTY_ACL, ACL, of("dev"), ALLOWED),
    Call("IAM-25", "terraform-dev", EMPTY_ACL, ACL, of("prod"), DENIED),
    Call("IAM-25", "terraform-dev", "ec2:DeleteRoute", ROUTES, {}, NOT_ALLOWED),
    Call("IAM-25", "terraform-dev", "kms:TagResource", KEY, of("global") | making("dev"), DENIED),
    Call("IAM-25", "terraform-staging", "s3:DeleteBucket", bucket("prod"), {}, DENIED),
    Call("IAM-25", "terraform-dev", "s3:PutBucketPolicy", bucket("global"), {}, NOT_ALLOWED),
    Call("IAM-25", "terraform-dev", CHANGE_RECORDS, ZONE, naming("api.dev.example.com"), ALLOWED),
    Call("IAM-25", "terraform-dev", CHANGE_RECORDS, ZONE, naming("api.example.com"), NOT_ALLOWED),
    Call("IAM-25", "terraform-dev", CHANGE_RECORDS, ZONE, naming("api.dev.example.com", "example.com"), NOT_ALLOWED),
    Call("IAM-25", "terraform-prod", CHANGE_RECORDS, ZONE, naming("api.example.com"), ALLOWED),
    Call("IAM-25", "fleet-stack-dev", "lambda:UpdateFunctionCode", function("prod"), of("prod"), DENIED),
    Call("IAM-25", "fleet-stack-dev", "lambda:UpdateFunctionCode", function("dev"), of("dev"), ALLOWED),
    Call("IAM-25", "fleet-stack-dev", "lambda:TagResource", EVENT_SOURCE, making("dev"), ALLOWED),
    Call("IAM-25", "fleet-stack-dev", "lambda:UntagResource", EVENT_SOURCE, of("dev"), ALLOWED),
    Call("IAM-25", "fleet-stack-dev", "lambda:ListTags", EVENT_SOURCE, of("dev"), ALLOWED),
    Call("IAM-25", "fleet-stack-dev", "lambda:TagResource", EVENT_SOURCE, of("prod") | making("dev"), DENIED),
    Call("IAM-25", "fleet-stack-dev", "lambda:UntagResource", EVENT_SOURCE, of("prod"), DENIED),
    Call("IAM-25", "deploy-fleet-dev", "lambda:UpdateFunctionCode", function("dev"), of("dev"), NOT_ALLOWED),
]

ROOTS_AND_STATES = [
    Call("X-43", "plan", "s3:GetObject", state("prod"), {}, ALLOWED),
    Call("X-43", "plan", "s3:PutObject", state("prod"), {}, NOT_ALLOWED),
    Call("X-43", "plan", "s3:PutObject", f"{state('prod')}.tflock", {}, NOT_ALLOWED),
    Call("X-43", "plan", "s3:DeleteObject", f"{state('prod')}.tflock", {}, NOT_ALLOWED),
    Call("X-43", "plan", "kms:Decrypt", KEY, through_s3("alias/cloudplatform-global"), ALLOWED),
    Call("X-43", "plan", "kms:GenerateDataKey", KEY, through_s3("alias/cloudplatform-global"), NOT_ALLOWED),
    Call("X-43", "plan", "kms:Decrypt", KEY, through_s3("alias/cloudplatform-prod"), NOT_ALLOWED),
    Call("X-43", "plan", READ_SECRET, secret("prod"), {}, NOT_ALLOWED),
    Call("X-43", "plan", "s3:GetObject", f"{bucket('prod')}/a", {}, NOT_ALLOWED),
    Call("X-43", "terraform-dev", "s3:PutObject", state("dev"), {}, ALLOWED),
    Call("X-43", "terraform-dev", "s3:DeleteObject", f"{state('dev')}.tflock", {}, ALLOWED),
    Call("X-43", "terraform-dev", "s3:GetObject", state("prod"), {}, DENIED),
    Call("X-43", "terraform-dev", "s3:GetObject", state("global"), {}, NOT_ALLOWED),
    Call("X-43", "terraform-global", "s3:DeleteBucket", STATES, {}, DENIED),
    Call("X-01", "terraform-dev", "dynamodb:PutItem", LOCKS, locking("dev"), ALLOWED),
    Call("X-01", "terraform-dev", "dynamodb:PutItem", LOCKS, locking("prod"), NOT_ALLOWED),
    Call("X-01", "plan", "dynamodb:PutItem", LOCKS, locking("dev"), NOT_ALLOWED),
]

NEW_DEV_ROLE, NEW_PROD_ROLE, NEW_ROLE = (role(f"cloudplatform-{owner}-role-new") for owner in ("dev", "prod", "global"))
NEW_FLEET_ROLE = role("opsplane-dev-ApiFunctionRole-new")
OWN_ROLE = role("cloudplatform-global-role-terraform-dev")
BREAK_GLASS = role("cloudplatform-global-role-break-glass")

NEW_IDENTITIES = [
    Call("LAY-03", "terraform-dev", "iam:CreateRole", NEW_DEV_ROLE, bounded("dev"), ALLOWED),
    Call("LAY-03", "terraform-dev", "iam:CreateRole", NEW_DEV_ROLE, {}, DENIED),
    Call("LAY-03", "terraform-dev", "iam:CreateRole", NEW_DEV_ROLE, bounded("global"), NOT_ALLOWED),
    Call("LAY-03", "terraform-dev", "iam:CreateRole", NEW_PROD_ROLE, bounded("dev"), DENIED),
    Call("LAY-03", "terraform-dev", "iam:CreatePolicy", boundary("dev"), making("dev"), NOT_ALLOWED),
    Call("LAY-03", "terraform-dev", "iam:TagPolicy", boundary("dev"), making("dev"), NOT_ALLOWED),
    Call("LAY-03", "terraform-prod", "iam:CreatePolicy", boundary("prod"), making("prod"), NOT_ALLOWED),
    Call("LAY-03", "terraform-global", "iam:CreatePolicy", boundary("prod"), making("global"), ALLOWED),
    Call("LAY-03", "terraform-dev", "iam:CreatePolicyVersion", boundary("dev"), {}, DENIED),
    Call("LAY-03", "terraform-dev", "iam:DeleteRolePermissionsBoundary", NEW_DEV_ROLE, {}, DENIED),
    Call("LAY-03", "terraform-dev", "iam:PutRolePolicy", OWN_ROLE, bounded("global"), NOT_ALLOWED),
    Call("LAY-03", "fleet-stack-dev", "iam:CreateRole", NEW_FLEET_ROLE, bounded("dev"), ALLOWED),
    Call("LAY-03", "fleet-stack-dev", "iam:CreateRole", NEW_FLEET_ROLE, bounded("global"), NOT_ALLOWED),
    Call("LAY-03", "fleet-stack-dev", "iam:CreateRole", NEW_DEV_ROLE, bounded("dev"), NOT_ALLOWED),
    Call("LAY-03", "terraform-global", "iam:CreateRole", NEW_ROLE, bounded("global"), ALLOWED),
    Call("LAY-03", "terraform-global", "iam:CreatePolicyVersion", boundary("global"), {}, DENIED),
    Call("LAY-03", "terraform-global", "iam:UpdateAssumeRolePolicy", BREAK_GLASS, {}, DENIED),
    Call("LAY-03", "terraform-global", "iam:CreateUser", user("new"), {}, DENIED),
    Call("LAY-03", "terraform-prod", "iam:CreateAccessKey", user("new"), {}, DENIED),
    Call("LAY-03", "terraform-global", "organizations:LeaveOrganization", "*", {}, DENIED),
]

CALLS_OF_ROLES = [
    *PUSHING,
    *DEPLOYING,
    *WHO_CHANGES_PROD,
    *DATA_OF_PROD,
    *RULES_OF_GROUPS,
    *WATCHERS,
    *NOTHING_PUBLIC,
    *PEOPLE_AT_WORK,
    *APART,
    *ROOTS_AND_STATES,
    *NEW_IDENTITIES,
]

# `who` is an environment: a role of its workloads that is allowed everything, so that the boundary alone decides.
CALLS_OF_WORKLOADS = [
    Call("IAM-25", "dev", "s3:GetObject", f"{bucket('dev')}/a", {}, ALLOWED),
    Call("IAM-25", "dev", "s3:GetObject", f"{bucket('prod')}/a", {}, DENIED),
    Call("IAM-25", "dev", "ecs:StopTask", task("prod"), of("prod"), DENIED),
    Call("IAM-25", "dev", READ_SECRET, secret("dev"), {}, ALLOWED),
    Call("IAM-25", "dev", READ_SECRET, secret("prod"), {}, NOT_ALLOWED),
    Call("IAM-25", "dev", "kms:Decrypt", KEY, of("dev"), ALLOWED),
    Call("IAM-25", "dev", "kms:Decrypt", KEY, of("prod"), DENIED),
    Call("IAM-25", "dev", "kms:CreateGrant", KEY, of("global"), DENIED),
    Call("IAM-25", "dev", "ecr:BatchGetImage", IMAGES, of("global"), ALLOWED),
    Call("IAM-25", "dev", "s3:PutBucketPolicy", bucket("global"), {}, DENIED),
    Call("IAM-25", "dev", "s3:PutObject", state("dev"), {}, DENIED),
    Call("IAM-25", "dev", "s3:GetObject", state("dev"), {}, ALLOWED),
    Call("IAM-25", "dev", "s3:GetObject", state("prod"), {}, DENIED),
    Call("IAM-25", "dev", "guardduty:UpdateDetector", DETECTOR, {}, DENIED),
    Call("IAM-22", "prod", "cloudtrail:StopLogging", TRAIL, {}, DENIED),
    Call("IAM-22", "prod", "config:StopConfigurationRecorder", "*", {}, DENIED),
    Call("IAM-22", "prod", "securityhub:DisableSecurityHub", "*", {}, DENIED),
    Call("IAM-22", "prod", "access-analyzer:DeleteAnalyzer", "*", {}, DENIED),
    Call("IAM-20", "prod", "rds:DeleteDBInstance", db("prod"), of("prod"), DENIED),
    Call("IAM-20", "prod", "rds:DeleteDBSnapshot", aws("rds", "snapshot:1"), {}, DENIED),
    Call("IAM-20", "prod", "rds:StopDBInstance", db("prod"), of("prod"), ALLOWED),
    Call("IAM-21", "prod", OPEN_GROUP, GROUP, of("prod"), DENIED),
    Call("IAM-21", "dev", CLOSE_GROUP, GROUP, of("dev"), ALLOWED),
    Call("IAM-23", "prod", "s3:PutBucketAcl", bucket("prod"), PUBLIC, DENIED),
    Call("IAM-23", "prod", BLOCK_BUCKET, bucket("prod"), {}, DENIED),
    Call("LAY-03", "staging", "iam:PassRole", task_role("staging"), TO_TASKS, DENIED),
    Call("LAY-03", "staging", "sts:AssumeRole", role("other"), {}, NOT_ALLOWED),
    Call("LAY-03", "staging", "logs:PutLogEvents", logs("staging"), of("staging"), ALLOWED),
]

OURS, OURS_BY_ID = "repo:example-org/platform", "repo:example-org@11/platform@22"

TOKENS = [
    Token("X-04", f"{OURS}:pull_request", frozenset({"plan"})),
    Token("X-04", f"{OURS_BY_ID}:pull_request", frozenset({"plan"})),
    Token("X-04", f"{OURS}:ref:refs/heads/main", frozenset({"plan", "build-push"})),
    Token("X-04", f"{OURS}:ref:refs/heads/other", frozenset()),
    Token("X-04", f"{OURS}:ref:refs/tags/v1", frozenset()),
    Token("X-04", "repo:example-org/other:ref:refs/heads/main", frozenset()),
    Token("X-04", "repo:example-org/platform-fork:pull_request", frozenset()),
    Token("X-04", "repo:example-org@11/platform@23:environment:production", frozenset()),
    Token("PHA-57", f"{OURS}:environment:dev", frozenset({"deploy-dev", "deploy-fleet-dev", "terraform-dev"})),
    Token(
        "PHA-57",
        f"{OURS_BY_ID}:environment:staging",
        frozenset({"deploy-staging", "deploy-fleet-staging", "terraform-staging"}),
    ),
    Token("X-58", f"{OURS}:environment:production", frozenset({"deploy-prod", "deploy-fleet-prod", "terraform-prod"})),
    Token("X-58", f"{OURS}:environment:prod", frozenset()),
    Token("PHA-57", f"{OURS}:environment:global", frozenset({"terraform-global"})),
]

MFA = {"aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "60"}

PEOPLE = [
    Person("IAM-19", "break-glass", "operator", MFA, ALLOWED),
    Person("IAM-19", "break-glass", "operator", {}, NOT_ALLOWED),
    Person("IAM-19", "break-glass", "operator", MFA | {"aws:MultiFactorAuthPresent": "false"}, NOT_ALLOWED),
    Person("IAM-19", "break-glass", "operator", MFA | {"aws:MultiFactorAuthAge": "7200"}, NOT_ALLOWED),
    Person("IAM-19", "break-glass", "developer", MFA, NOT_ALLOWED),
    Person("IAM-24", "developer-dev", "developer", MFA, ALLOWED),
    Person("IAM-24", "developer-dev", "developer", {}, NOT_ALLOWED),
    Person("IAM-24", "developer-prod", "operator", MFA, NOT_ALLOWED),
]
