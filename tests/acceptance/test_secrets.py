"""Secrets: which there are, who changes them, and that none stands where it can be read."""

import pytest
from acceptance.golden import SECRETS
from acceptance.plans import Plan, Plans
from acceptance.policies import statements
from acceptance.standin import ACCOUNT
from acceptance.tasks import container

pytestmark = pytest.mark.infra
WORDS = ("PASSWORD", "TOKEN", "SECRET", "WEBHOOK", "KEY")


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        pytest.param(
            "database/credentials",
            {"username", "host", "port", "database", "password_secret_arn"},
            marks=pytest.mark.requirement("SCR-01", "SEC-08"),
        ),
        pytest.param("redis/auth-token", {"token"}, marks=pytest.mark.requirement("SCR-02", "SEC-09")),
        pytest.param("app/jwt-secret", {"current", "previous"}, marks=pytest.mark.requirement("SCR-03")),
        pytest.param("app/external-api-keys", set(), marks=pytest.mark.requirement("SCR-04", "SEC-10")),
        pytest.param("monitoring/slack-webhook", {"url"}, marks=pytest.mark.requirement("SCR-05")),
    ],
)
@pytest.mark.requirement("PHA-16")
def test_a_secret_has_its_name_and_its_form(plan: Plan, path: str, keys: set[str]) -> None:
    """The keys of its JSON text stand in its description and in a tag."""
    (secret,) = plan.where("secretsmanager_secret", lambda each: each["name"] == f"/{plan.name}/{path}")

    assert set(secret["tags"]["opsplane:json-keys"].split()) >= keys
    assert [each for each in keys if each not in secret["description"]] == []


@pytest.mark.requirement("SCR-01", "SCR-02", "SCR-03", "SCR-04", "SCR-05")
def test_there_are_five_secrets_and_no_others(plan: Plan) -> None:
    """All lie in a month's grace in prod, and go at once where the environment may go."""
    found = plan.some("secretsmanager_secret")

    assert {each["name"] for each in found} == {f"/{plan.name}/{path}" for path in SECRETS}
    assert {each["recovery_window_in_days"] for each in found} == {30 if plan.name == "prod" else 0}


@pytest.mark.requirement("SEC-09", "SEC-10")
def test_nothing_but_the_database_rotates_by_itself(plan: Plan) -> None:
    """The other secrets are changed by hand, as their tag says."""
    rotated = [each["secret_id"] for each in plan.some("secretsmanager_secret_rotation")]
    secrets = plan.some("secretsmanager_secret")

    assert not {each["arn"] for each in secrets} & set(rotated)
    assert all(each["tags"]["opsplane:rotation"] for each in secrets)


@pytest.mark.requirement("SEC-11", "ARC-24", "PRJ-07")
def test_a_task_names_secrets_by_arn(plan: Plan) -> None:
    """The password is in the secret that RDS keeps, the rest in the environment's; nothing secret is in the open."""
    found = container(plan)
    named = {each["name"]: each["valueFrom"] for each in found["secrets"]}
    known = {each["arn"] for each in plan.some("secretsmanager_secret")}
    master = plan.one("db_instance").block("master_user_secret")["secret_arn"]

    assert named["DATABASE_PASSWORD"] == f"{master}:password::"
    assert {":".join(each.split(":")[:7]) for each in named.values()} <= known | {master}
    assert not [each["name"] for each in found["environment"] if any(word in each["name"] for word in WORDS)]


@pytest.mark.requirement("ARC-24")
def test_secrets_are_fetched_inside_the_vpc(plan: Plan) -> None:
    """Through the endpoints of Secrets Manager and KMS, which tasks of this account alone may use."""
    for service in ("secretsmanager", "kms"):
        endpoint = plan.one("vpc_endpoint", f'"{service}"')
        assert endpoint["private_dns_enabled"] is True
        assert ACCOUNT in endpoint["policy"]


@pytest.mark.requirement("LAY-03")
def test_nobody_from_another_account_reads_a_secret(plan: Plan) -> None:
    """Whatever an identity policy may say one day."""
    refused = plan.some("secretsmanager_secret_policy")

    assert {each["secret_arn"] for each in refused} == {each["arn"] for each in plan.some("secretsmanager_secret")}
    for each in refused:
        (statement,) = statements(each["policy"])
        assert (statement.effect, set(statement.actions)) == ("Deny", {"secretsmanager:*"})
        assert statement.conditions["StringNotEquals"] == {"aws:PrincipalAccount": ACCOUNT}


@pytest.mark.requirement("SCR-10")
def test_no_plan_holds_a_secret(plans: Plans) -> None:
    """No random password, no password of a database, no token of a cache, no text of a secret but what is no secret."""
    for name in ("dev", "staging", "prod", "global"):
        plan = plans[name]
        kinds = {each["type"] for each in plan.planned["resource_changes"]}
        assert not {"random_password", "random_string", "tls_private_key", "aws_iam_access_key"} & kinds
        for each in plan.resources("db_instance"):
            assert not each.get("password")
        for each in plan.resources("elasticache_replication_group"):
            assert not each.get("auth_token")
        for each in plan.resources("secretsmanager_secret_version"):
            assert not each.get("secret_string")
            assert not each.get("secret_binary")
    assert plans["dev"].some("secretsmanager_secret_version")
