"""What nobody may do: decided as IAM decides, with every policy and boundary of each role."""

import pytest
from acceptance.decisions import Judge, is_administrator
from acceptance.plans import Plan, Plans, Resource
from acceptance.policies import policies_of
from acceptance.standin import ACCOUNT
from iam_decisions import Decision, Request, decide

pytestmark = pytest.mark.infra
REGION = "us-east-1"

SERVICE = "cloudplatform-prod-ecs-cluster/cloudplatform-prod-service-fastapi"
PROD = {"aws:ResourceTag/Environment": "prod"}
CHANGES = {
    "ecs:UpdateService": f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/{SERVICE}",
    "rds:ModifyDBInstance": f"arn:aws:rds:{REGION}:{ACCOUNT}:db:cloudplatform-prod-rds-postgres",
    "ec2:AuthorizeSecurityGroupIngress": f"arn:aws:ec2:{REGION}:{ACCOUNT}:security-group/sg-1",
    "s3:PutBucketPolicy": "arn:aws:s3:::cloudplatform-prod-backups-000000000000",
    "secretsmanager:PutSecretValue": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:/prod/app/jwt-secret-AbCdEf",
    "lambda:UpdateFunctionCode": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:opsplane-prod-remediator",
    "iam:PutRolePolicy": f"arn:aws:iam::{ACCOUNT}:role/cloudplatform-prod-role-ecs-task",
}
"""What changing prod looks like, one action for each kind of thing."""

CHANGERS = {"deploy-prod", "deploy-fleet-prod", "fleet-stack-prod", "terraform-prod", "break-glass"}

STOPS = {
    "cloudtrail:StopLogging": f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/cloudplatform-global-trail",
    "cloudtrail:DeleteTrail": f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/cloudplatform-global-trail",
    "guardduty:DeleteDetector": f"arn:aws:guardduty:{REGION}:{ACCOUNT}:detector/1",
    "config:StopConfigurationRecorder": "*",
    "securityhub:DisableSecurityHub": f"arn:aws:securityhub:{REGION}:{ACCOUNT}:hub/default",
}


def purpose(role: Resource) -> str:
    """Return what a role is for, as the end of its name says."""
    return str(role["name"]).rpartition("-role-")[2]


def takers(account: Plan) -> list[Resource]:
    """Return the roles that pipelines and people can take, and those that act for them."""
    found = [each for each in account.some("iam_role") if each.module == "identity"]
    assert len(found) >= 15
    return found


@pytest.mark.requirement("IAM-18")
@pytest.mark.parametrize("action", CHANGES)
def test_prod_is_changed_by_its_pipeline_and_by_break_glass_only(account: Plan, action: str) -> None:
    """Every other role is refused, whatever the kind of change."""
    judge = Judge(account, account)
    facts = PROD | {"iam:PermissionsBoundary": f"arn:aws:iam::{ACCOUNT}:policy/cloudplatform-prod-boundary"}
    decided = {purpose(each): judge.decide(each, action, CHANGES[action], facts) for each in takers(account)}
    may = {name for name, decision in decided.items() if decision == Decision.ALLOWED}

    assert may <= CHANGERS
    assert "break-glass" in may
    assert may - {"break-glass"}


@pytest.mark.requirement("IAM-20")
def test_prods_database_is_deleted_by_no_pipeline(account: Plan, prod: Plan) -> None:
    """An explicit denial on every role but break-glass, by tag and by name; and in prod's own boundary."""
    judge, database = Judge(account, account), CHANGES["rds:ModifyDBInstance"]
    for role in takers(account):
        expected = Decision.ALLOWED if is_administrator(account, role) else Decision.DENIED
        assert judge.decide(role, "rds:DeleteDBInstance", database, PROD) == expected, role.address
        assert judge.decide(role, "rds:DeleteDBInstance", database) == expected, role.address
    bounded = Judge(prod, account)
    for role in prod.some("iam_role"):
        assert bounded.boundary(role)
        assert bounded.decide(role, "rds:DeleteDBInstance", database, PROD) == Decision.DENIED, role.address


@pytest.mark.requirement("IAM-21")
def test_group_rules_of_prod_are_written_by_its_pipeline_and_break_glass(account: Plan, prod: Plan) -> None:
    """IAM sees that a rule is written, not for which addresses: so nobody else writes any."""
    judge, group = Judge(account, account), CHANGES["ec2:AuthorizeSecurityGroupIngress"]
    for action in ("ec2:AuthorizeSecurityGroupIngress", "ec2:ModifySecurityGroupRules"):
        decided = {purpose(each): judge.decide(each, action, group, PROD) for each in takers(account)}
        spared = {name for name, decision in decided.items() if decision != Decision.DENIED}
        assert spared == {"terraform-prod", "break-glass"}
    for role in prod.some("iam_role"):
        decision = Judge(prod, account).decide(role, "ec2:AuthorizeSecurityGroupIngress", group, PROD)
        assert decision == Decision.DENIED, role.address


@pytest.mark.requirement("IAM-22", "IAM-25")
@pytest.mark.parametrize("action", STOPS)
def test_nobody_stops_what_watches(account: Plan, dev: Plan, staging: Plan, prod: Plan, action: str) -> None:
    """No role of a pipeline, of a person, break-glass included, and none of a workload."""
    holders = [(account, takers(account)), *((each, each.some("iam_role")) for each in (dev, staging, prod))]
    for plan, roles in holders:
        judge = Judge(plan, account)
        assert [each.address for each in roles if judge.decide(each, action, STOPS[action]) != Decision.DENIED] == []


@pytest.mark.requirement("IAM-22")
def test_the_denials_do_not_depend_on_a_boundary(account: Plan) -> None:
    """Every role of pipelines and people has them among its own policies; break-glass has no boundary at all."""
    for role in takers(account):
        own = list(policies_of(account, role))
        for action, resource in STOPS.items():
            request = Request(action, resource, {"aws:PrincipalArn": str(role["arn"])})
            assert decide(request, own) == Decision.DENIED, (role.address, action)


@pytest.mark.requirement("IAM-23")
def test_nothing_is_made_public(account: Plan, plan: Plan) -> None:
    """Neither by an access list nor by taking the block away, of a bucket or of the account."""
    bucket, listed = f"arn:aws:s3:::cloudplatform-{plan.name}-backups-{ACCOUNT}", {"s3:x-amz-acl": "public-read"}
    roles = [(account, each) for each in takers(account) if purpose(each) != "break-glass"]
    roles += [(plan, each) for each in plan.some("iam_role")]
    for holder, role in roles:
        judge = Judge(holder, account)
        for action in ("s3:PutBucketAcl", "s3:PutObjectAcl"):
            assert judge.decide(role, action, bucket, listed) == Decision.DENIED, role.address
        lifted = judge.decide(role, "s3:PutAccountPublicAccessBlock", "*")
        assert lifted == Decision.DENIED or purpose(role) == "terraform-global"
    for role in plan.some("iam_role"):
        decision = Judge(plan, account).decide(role, "s3:PutBucketPublicAccessBlock", bucket)
        assert decision == Decision.DENIED, role.address


@pytest.mark.requirement("IAM-25")
@pytest.mark.parametrize("environment", ["dev", "staging"])
def test_roles_of_dev_and_staging_cannot_touch_prod(account: Plan, plans: Plans, environment: str) -> None:
    """Not by tag, not by name; and the trail records what they try."""
    own = [each for each in takers(account) if purpose(each).endswith(f"-{environment}")]
    workload = plans[environment].some("iam_role")

    assert len(own) >= 5
    for plan, roles in ((account, own), (plans[environment], workload)):
        judge = Judge(plan, account)
        for role in roles:
            for action, resource in CHANGES.items():
                assert judge.decide(role, action, resource, PROD) == Decision.DENIED, (role.address, action)
    assert account.one("cloudtrail")["is_multi_region_trail"] is True


@pytest.mark.requirement("IAM-18")
def test_prods_pipeline_waits_for_approval(account: Plan) -> None:
    """Its roles are open only to jobs of GitHub's environment production, which asks for it."""
    waiting = {name for name in CHANGERS if name.startswith(("deploy", "terraform"))}
    roles = [each for each in takers(account) if purpose(each) in waiting]

    assert len(roles) == len(waiting) == 3
    assert all(":environment:production" in each["assume_role_policy"] for each in roles)


@pytest.mark.requirement("IAM-25")
def test_a_boundary_cannot_be_taken_off(account: Plan, dev: Plan, staging: Plan, prod: Plan) -> None:
    """By whoever it bounds, in any environment."""
    for plan in (account, dev, staging, prod):
        bounded = [each for each in plan.some("iam_role") if each.get("permissions_boundary")]
        assert bounded
        for role in bounded:
            decision = Judge(plan, account).decide(role, "iam:DeleteRolePermissionsBoundary", role["arn"])
            assert decision == Decision.DENIED, role.address
