"""Roles of the workload: what ECS, the application, RDS and flow logs may do."""

import itertools

import pytest
from acceptance.decisions import Judge
from acceptance.golden_roles import (
    DECRYPT,
    EXECUTE_COMMAND,
    EXECUTION,
    LOGIN,
    METRICS,
    OBJECTS,
    PULL,
    READ_SECRETS,
    TASK,
    WRITE_LOGS,
)
from acceptance.plans import Plan, Resource
from acceptance.policies import Statement, allowed, everywhere, granted, on, trust
from acceptance.standin import ACCOUNT
from iam_decisions import Decision

pytestmark = pytest.mark.infra
REPOSITORY = f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/cloudplatform-service"


def execution(plan: Plan) -> Resource:
    """Return the role with which ECS starts a task."""
    role = plan.one("iam_role", "execution")
    assert plan.one("ecs_task_definition")["execution_role_arn"] == role["arn"]
    return role


def task(plan: Plan) -> Resource:
    """Return the role of the application itself."""
    role = plan.one("iam_role", "ecs_service", "task")
    assert plan.one("ecs_task_definition")["task_role_arn"] == role["arn"]
    return role


def fitting(right: Statement) -> dict[str, str]:
    """Return facts of a request for which the conditions of a right hold."""
    values = {key: value for keys in right.conditions.values() for key, value in keys.items()}
    return {key: str(value[0] if isinstance(value, list) else value) for key, value in values.items()}


@pytest.mark.requirement("IAM-01", "IAM-07", "SEC-01", "SEC-02")
def test_only_ecs_tasks_of_this_account_may_be_these_roles(plan: Plan) -> None:
    """Execution role and task role alike."""
    for role in (execution(plan), task(plan)):
        who = trust(role)
        assert (who.allows, set(who.actions)) == (True, {"sts:AssumeRole"})
        assert dict(who.principals) == {"Service": ("ecs-tasks.amazonaws.com",)}
        assert who.conditions == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


@pytest.mark.requirement("IAM-02")
def test_the_registry_login_is_the_only_right_of_the_execution_role_on_everything(plan: Plan) -> None:
    """The login knows no resource."""
    wide = [each for each in granted(plan, execution(plan)) if "*" in each.resources]

    assert [set(each.actions) for each in wide] == [{LOGIN}]
    assert allowed(plan, execution(plan)) == EXECUTION


@pytest.mark.requirement("IAM-03")
def test_the_execution_role_pulls_from_one_repository(plan: Plan) -> None:
    """The three actions of a pull."""
    assert {frozenset(on(plan, execution(plan), action)) for action in PULL} == {frozenset({REPOSITORY})}


@pytest.mark.requirement("IAM-04")
def test_the_execution_role_writes_to_one_log_group(plan: Plan) -> None:
    """The application's."""
    group = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/ecs/{plan.name}/fastapi:*"

    assert {frozenset(on(plan, execution(plan), action)) for action in WRITE_LOGS} == {frozenset({group})}


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(execution, marks=pytest.mark.requirement("IAM-05", "IAM-06"), id="execution"),
        pytest.param(task, marks=pytest.mark.requirement("IAM-09", "IAM-10", "SEC-06"), id="task"),
    ],
)
@pytest.mark.requirement("ARC-24", "PHA-22")
def test_listed_secrets_are_read_with_one_key(plan: Plan, role: object) -> None:
    """The environment's own and the one that RDS keeps; no pattern."""
    assert callable(role)
    (read,), (decrypt,) = READ_SECRETS, DECRYPT
    known = {each["arn"] for each in plan.some("secretsmanager_secret")}
    known.add(plan.one("db_instance").block("master_user_secret")["secret_arn"])

    assert on(plan, role(plan), read) <= known
    assert plan.one("db_instance").block("master_user_secret")["secret_arn"] in on(plan, role(plan), read)
    assert on(plan, role(plan), decrypt) == {plan.one("kms_key", "module.encryption")["arn"]}


@pytest.mark.requirement("IAM-08")
def test_the_application_keeps_objects_under_one_prefix(plan: Plan) -> None:
    """Of one bucket."""
    bucket = plan.one("s3_bucket", "module.backups")["arn"]

    assert {frozenset(on(plan, task(plan), action)) for action in OBJECTS} == {frozenset({f"{bucket}/app/*"})}


@pytest.mark.requirement("IAM-11")
def test_the_application_puts_metrics_into_one_namespace(plan: Plan) -> None:
    """The action knows no resource, so a condition confines it; the alarms look at that namespace."""
    (action,) = METRICS
    (statement,) = [each for each in granted(plan, task(plan)) if action in each.actions]
    made = {each.block("metric_transformation")["namespace"] for each in plan.some("cloudwatch_log_metric_filter")}

    assert statement.actions == METRICS
    assert made == {statement.conditions["StringEquals"]["cloudwatch:namespace"]}


@pytest.mark.requirement("SEC-06", "PHA-10")
def test_the_application_may_do_nothing_else(plan: Plan) -> None:
    """Its objects are encrypted with our key; a shell, where allowed, needs channels and its own log."""
    shell = EXECUTE_COMMAND | WRITE_LOGS | {"logs:DescribeLogGroups", "logs:DescribeLogStreams"}
    extra = shell if plan.one("ecs_service")["enable_execute_command"] else set()

    assert allowed(plan, task(plan)) == TASK | {"kms:GenerateDataKey"} | extra


@pytest.mark.requirement("SEC-05", "DAT-16")
def test_only_rds_may_be_the_monitoring_role(staging: Plan, prod: Plan) -> None:
    """With AWS's policy for it and nothing more."""
    for plan in (staging, prod):
        role = plan.one("iam_role", "monitoring")
        assert dict(trust(role).principals) == {"Service": ("monitoring.rds.amazonaws.com",)}
        held = [each["policy_arn"] for each in plan.some("iam_role_policy_attachment") if each["role"] == role["name"]]
        assert held == ["arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"]


@pytest.mark.requirement("LAY-03", "PHA-10")
def test_no_role_of_an_environment_has_a_wildcard_action(plan: Plan) -> None:
    """The boundary is a ceiling, not a grant, and may name families of actions."""
    rights = [(address, each) for address, each in everywhere(plan) if each.allows and "boundary" not in address]

    assert len(rights) >= 8
    assert [
        (address, sorted(each.actions)) for address, each in rights if any("*" in act for act in each.actions)
    ] == []


@pytest.mark.requirement("LAY-03")
def test_the_boundary_takes_nothing_from_what_a_role_is_given(plan: Plan, account: Plan) -> None:
    """Each right of each role is decided as a call that fits it; a ceiling that is too low would show in no plan."""
    asked = 0
    for role in plan.some("iam_role"):
        for right in granted(plan, role):
            facts = {"aws:ResourceTag/Environment": plan.name, **fitting(right)}
            for action, resource in itertools.product(right.actions, right.resources):
                asked += 1
                decided = Judge(plan, account).decide(role, action, resource.replace("*", "any"), facts)
                assert decided == Decision.ALLOWED, (role["name"], action, resource)
    assert asked > 20


@pytest.mark.requirement("LAY-03")
def test_every_role_of_an_environment_is_bounded_and_described(plan: Plan, account: Plan) -> None:
    """One boundary for all, made by the account's root, out of reach of the environment's own pipeline."""
    policy = account.one("iam_policy", f'permissions_boundary["{plan.name}"]')
    roles = plan.some("iam_role")

    assert {each["permissions_boundary"] for each in roles} == {policy["arn"]}
    assert all(each["description"] for each in roles)
