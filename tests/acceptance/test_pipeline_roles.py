"""Roles of pipelines and people: who may be which, and what each may do."""

import pytest
from acceptance.decisions import Judge, is_administrator
from acceptance.golden_roles import DEFINE, PASS_ROLE, PUSH, UPDATE
from acceptance.plans import Plan, Resource
from acceptance.policies import Statement, allowed, granted, on, statements, trust
from acceptance.standin import ACCOUNT, ENVIRONMENTS
from iam_decisions import Decision

pytestmark = pytest.mark.infra
ISSUER = "token.actions.githubusercontent.com"
GITHUB = {"dev": "dev", "staging": "staging", "prod": "production", "global": "global"}
"""GitHub's name of each environment (X-58)."""

SUBJECTS = {
    "plan": {"pull_request", "ref:refs/heads/main"},
    "build-push": {"ref:refs/heads/main"},
    **{f"deploy-{name}": {f"environment:{GITHUB[name]}"} for name in ENVIRONMENTS},
    **{f"deploy-fleet-{name}": {f"environment:{GITHUB[name]}"} for name in ENVIRONMENTS},
    **{f"terraform-{name}": {f"environment:{at_github}"} for name, at_github in GITHUB.items()},
}
"""Which runs may be which role (X-04)."""


def pipelines(account: Plan) -> dict[str, Resource]:
    """Return the roles that GitHub's tokens open, by purpose."""
    found = [each for each in account.some("iam_role") if "Federated" in trust(each).principals]
    return {each["name"].rpartition("-role-")[2]: each for each in found}


def people(account: Plan) -> dict[str, Resource]:
    """Return the roles that people take, by purpose."""
    found = [each for each in account.some("iam_role") if "AWS" in trust(each).principals]
    return {each["name"].rpartition("-role-")[2]: each for each in found}


def service(environment: str) -> str:
    """Return the ARN of an environment's service."""
    name = f"cloudplatform-{environment}"
    return f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/{name}-ecs-cluster/{name}-service-fastapi"


@pytest.mark.requirement("IAM-12", "SEC-03", "PHA-57", "REP-58", "ARC-19", "LAY-03")
def test_githubs_tokens_open_a_role_for_one_purpose_each(account: Plan) -> None:
    """The audience is AWS's, the subject is exact: repository, and branch, pull request or environment."""
    provider = account.one("iam_openid_connect_provider")
    prefixes = account.variables["github_subject_prefixes"]

    assert (provider["url"], provider["client_id_list"]) == (f"https://{ISSUER}", ["sts.amazonaws.com"])
    assert {name: _subjects(trust(role)) for name, role in pipelines(account).items()} == {
        name: {f"{prefix}:{end}" for prefix in prefixes for end in ends} for name, ends in SUBJECTS.items()
    }
    for role in pipelines(account).values():
        who = trust(role)
        assert dict(who.principals) == {"Federated": (provider["arn"],)}
        assert who.actions == {"sts:AssumeRoleWithWebIdentity"}
        assert who.conditions["StringEquals"][f"{ISSUER}:aud"] == "sts.amazonaws.com"


@pytest.mark.requirement("IAM-12")
def test_no_subject_is_a_pattern(account: Plan) -> None:
    """A star would let in other branches, or other repositories."""
    for role in pipelines(account).values():
        assert set(trust(role).conditions) == {"StringEquals"}
        assert not [each for each in _subjects(trust(role)) if "*" in each or "?" in each]


@pytest.mark.requirement("IAM-13")
def test_the_build_pushes_and_does_nothing_else(account: Plan) -> None:
    """Eight actions, all but the login on the one repository."""
    role = pipelines(account)["build-push"]
    repository = account.one("ecr_repository")["arn"]

    assert allowed(account, role) == PUSH
    assert {frozenset(on(account, role, action)) for action in PUSH - {"ecr:GetAuthorizationToken"}} == {
        frozenset({repository})
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.requirement("IAM-14", "SEC-06")
def test_a_deploy_role_updates_one_service(account: Plan, environment: str) -> None:
    """Of its own environment, and looks at it."""
    role = pipelines(account)[f"deploy-{environment}"]

    for action in UPDATE:
        assert on(account, role, action) == {service(environment)}
        for other in ENVIRONMENTS:
            expected = Decision.ALLOWED if other == environment else Decision.DENIED
            facts = {"aws:ResourceTag/Environment": other}
            assert Judge(account, account).decide(role, action, service(other), facts) == expected, (action, other)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.requirement("IAM-15")
def test_a_deploy_role_defines_tasks(account: Plan, environment: str) -> None:
    """New revisions of its own family only."""
    role = pipelines(account)[f"deploy-{environment}"]
    family = f"arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/cloudplatform-{environment}-task-fastapi:*"

    assert allowed(account, role) >= DEFINE
    assert on(account, role, "ecs:RegisterTaskDefinition") == {family}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.requirement("IAM-16")
def test_a_deploy_role_passes_the_two_task_roles_to_ecs(account: Plan, environment: str) -> None:
    """And no other role, to nobody else."""
    role = pipelines(account)[f"deploy-{environment}"]
    (statement,) = [each for each in granted(account, role) if PASS_ROLE in each.actions]
    arn = f"arn:aws:iam::{ACCOUNT}:role/cloudplatform-{environment}-role-ecs"

    assert set(statement.resources) == {f"{arn}-execution", f"{arn}-task"}
    assert statement.conditions == {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.requirement("IAM-17", "SEC-06")
def test_a_deploy_role_deletes_nothing(account: Plan, environment: str) -> None:
    """Neither its service nor anything else."""
    role = pipelines(account)[f"deploy-{environment}"]
    facts = {"aws:ResourceTag/Environment": environment}

    assert Judge(account, account).decide(role, "ecs:DeleteService", service(environment), facts) != Decision.ALLOWED
    assert not [action for action in allowed(account, role) if ":Delete" in action or "*" in action]


@pytest.mark.requirement("IAM-24")
def test_developers_have_little(account: Plan) -> None:
    """They look at settings everywhere, restart what hangs in dev and staging, and see secrets in dev only."""
    for environment in ENVIRONMENTS:
        role = people(account)[f"developer-{environment}"]
        facts = {"aws:ResourceTag/Environment": environment}
        secret = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:/{environment}/app/jwt-secret-AbCdEf"
        may_restart = Judge(account, account).decide(role, "ecs:UpdateService", service(environment), facts)
        may_read = Judge(account, account).decide(role, "secretsmanager:GetSecretValue", secret, facts)
        assert may_restart == (Decision.NOT_ALLOWED if environment == "prod" else Decision.ALLOWED)
        assert may_read == (Decision.ALLOWED if environment == "dev" else Decision.NOT_ALLOWED)
        assert (
            Judge(account, account).decide(role, "rds:DeleteDBInstance", _database(environment), facts)
            != Decision.ALLOWED
        )
        assert not is_administrator(account, role)
        assert trust(role).conditions["Bool"] == {"aws:MultiFactorAuthPresent": "true"}


@pytest.mark.requirement("IAM-19", "TDR-03")
def test_break_glass_needs_mfa_and_rings(account: Plan) -> None:
    """For an hour; who asks for it or works with it is told at once, and recorded by the trail."""
    role = people(account)["break-glass"]
    alarm, counter = (
        account.one("cloudwatch_metric_alarm", "break-glass"),
        account.one("cloudwatch_log_metric_filter", "break-glass"),
    )

    assert trust(role).conditions["Bool"] == {"aws:MultiFactorAuthPresent": "true"}
    assert role["max_session_duration"] <= 3600
    assert role["name"] in counter["pattern"]
    assert counter["log_group_name"] == account.one("cloudwatch_log_group", "trail")["name"]
    assert alarm["metric_name"] == counter.block("metric_transformation")["name"]
    assert (alarm["threshold"], alarm["alarm_actions"]) == (1, [account.one("sns_topic_policy", "alert_topic")["arn"]])


@pytest.mark.requirement("LAY-03")
def test_people_without_mfa_can_only_set_it_up(account: Plan) -> None:
    """Whatever else a user may have."""
    policy = account.one("iam_policy", "require-mfa")
    denials = [each for each in statements(policy["policy"]) if not each.allows]

    assert [each.conditions for each in denials] == [{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}]
    assert "iam:EnableMFADevice" in denials[0].not_actions
    assert account.one("iam_group_policy_attachment")["policy_arn"] == policy["arn"]


@pytest.mark.requirement("REP-30", "PHA-10")
def test_every_role_of_the_account_says_what_it_is_for(account: Plan) -> None:
    """A description, and a boundary on all but break-glass."""
    roles = account.some("iam_role")

    assert [each.address for each in roles if not each["description"]] == []
    bare = [each["name"] for each in roles if not each.get("permissions_boundary")]
    assert bare == [people(account)["break-glass"]["name"]]


def _subjects(who: Statement) -> set[str]:
    found = who.conditions["StringEquals"][f"{ISSUER}:sub"]
    return set(found if isinstance(found, list) else [found])


def _database(environment: str) -> str:
    return f"arn:aws:rds:us-east-1:{ACCOUNT}:db:cloudplatform-{environment}-rds-postgres"
