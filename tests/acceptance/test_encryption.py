"""Encryption: of what lies, of what moves, and whose keys."""

import fnmatch

import pytest
from acceptance.golden import KEY_DELETION_DAYS, TLS_POLICY
from acceptance.plans import Plan, Plans, Resource
from acceptance.policies import Statement, statements
from acceptance.standin import ACCOUNT

pytestmark = pytest.mark.infra
EXEMPT = {"alb_logs", "access_logs"}
"""Buckets into which only services deliver that cannot use our key (X-30)."""


def key(plan: Plan) -> Resource:
    """Return the one key of an environment, or of the account."""
    return plan.one("kms_key", "module.encryption")


def key_statements(plan: Plan) -> dict[str, Statement]:
    """Return the statements of the key's policy by their names."""
    return {each.sid: each for each in statements(key(plan)["policy"])}


@pytest.mark.requirement("ENC-01", "DAT-04", "LAY-04")
def test_the_database_is_encrypted_with_our_key(plan: Plan) -> None:
    """Storage and the secret that RDS keeps."""
    database = plan.one("db_instance")

    assert database["storage_encrypted"] is True
    assert database["kms_key_id"] == database["master_user_secret_kms_key_id"] == key(plan)["arn"]


@pytest.mark.requirement("ENC-02", "DAT-13", "LAY-04")
def test_the_cache_is_encrypted_with_our_key(plan: Plan) -> None:
    """At rest."""
    cache = plan.one("elasticache_replication_group")

    assert str(cache["at_rest_encryption_enabled"]).lower() == "true"
    assert cache["kms_key_id"] == key(plan)["arn"]


@pytest.mark.requirement("ENC-03", "LAY-04")
def test_buckets_are_encrypted_with_our_key_but_for_two(plan: Plan, account: Plan) -> None:
    """Load balancers and S3's own access logs know only S3's key; every other bucket has ours and asks it rarely."""
    for root in (plan, account):
        settings = root.some("s3_bucket_server_side_encryption_configuration")
        assert len(settings) == len(root.some("s3_bucket"))
        for each in settings:
            rule = each.block("rule")
            (default,) = rule["apply_server_side_encryption_by_default"]
            found = (default["sse_algorithm"], default["kms_master_key_id"] or None, rule["bucket_key_enabled"])
            own = ("AES256", None, False) if each.module in EXEMPT else ("aws:kms", key(root)["arn"], True)
            assert found == own, each.address


@pytest.mark.requirement("ENC-04", "LAY-04")
def test_secrets_are_encrypted_with_our_key(plan: Plan) -> None:
    """All of them."""
    assert {each["kms_key_id"] for each in plan.some("secretsmanager_secret")} == {key(plan)["arn"]}


@pytest.mark.requirement("ENC-05", "PHA-41")
def test_log_groups_are_encrypted_with_our_key(plan: Plan, account: Plan) -> None:
    """And the key lets CloudWatch Logs use it for groups of this account only."""
    for root in (plan, account):
        assert {each["kms_key_id"] for each in root.some("cloudwatch_log_group")} == {key(root)["arn"]}
        allowed = key_statements(root)["CloudWatchLogsForOwnLogGroups"]
        assert allowed.principals["Service"] == ("logs.us-east-1.amazonaws.com",)
        assert allowed.conditions == {
            "ArnLike": {"kms:EncryptionContext:aws:logs:arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:*"}
        }


@pytest.mark.requirement("ENC-06")
def test_new_volumes_are_encrypted_by_default(account: Plan) -> None:
    """With the account's key, although nothing here has a volume."""
    assert account.one("ebs_encryption_by_default")["enabled"] is True
    assert account.one("ebs_default_kms_key")["key_arn"] == key(account)["arn"]


@pytest.mark.requirement("ENC-07", "LAY-04")
def test_clients_speak_tls_1_2_or_newer(plan: Plan) -> None:
    """By a policy that is named; the default would take TLS 1.0."""
    (listener,) = plan.where("lb_listener", lambda each: each["protocol"] == "HTTPS")

    assert listener["ssl_policy"] == TLS_POLICY


@pytest.mark.requirement("ENC-08")
def test_the_hop_to_the_task_is_plain_and_stays_inside(plan: Plan) -> None:
    """Between two groups that name each other."""
    group, task = plan.one("lb_target_group"), plan.one("ecs_service").block("network_configuration")

    assert group["protocol"] == "HTTP"
    assert task["assign_public_ip"] is False
    assert task["security_groups"] == [plan.one("security_group", '"app"')["id"]]


@pytest.mark.requirement("ENC-09", "LAY-04")
def test_the_database_refuses_plain_connections(plan: Plan) -> None:
    """TLS 1.2 at least, under a certificate that is named."""
    values = {each["name"]: each["value"] for each in plan.one("db_parameter_group")["parameter"]}

    assert (values["rds.force_ssl"], values["ssl_min_protocol_version"]) == ("1", "TLSv1.2")
    assert plan.one("db_instance")["ca_cert_identifier"] == "rds-ca-rsa2048-g1"


@pytest.mark.requirement("ENC-10", "LAY-04")
def test_the_cache_refuses_plain_connections(plan: Plan) -> None:
    """TLS is required, not preferred."""
    cache = plan.one("elasticache_replication_group")

    assert (cache["transit_encryption_enabled"], cache["transit_encryption_mode"]) == (True, "required")


@pytest.mark.requirement("ENC-12", "SEC-07")
def test_workloads_of_the_environment_use_the_key_and_no_other(plan: Plan, plans: Plans) -> None:
    """By the pattern of their roles' names: tasks and functions."""
    users = key_statements(plan)["WorkloadsUse"]
    patterns = users.conditions["ArnLike"]["aws:PrincipalArn"]
    functions = f"arn:aws:iam::{ACCOUNT}:role/opsplane-{plan.name}-RemediatorFunctionRole-1"
    task = plan.one("ecs_task_definition")
    own = [task["execution_role_arn"], task["task_role_arn"], functions]

    assert [arn for arn in own if not _fits(arn, patterns)] == []
    for other in {"dev", "staging", "prod"} - {plan.name}:
        foreign = [each["arn"] for each in plans[other].some("iam_role")]
        assert [arn for arn in foreign if _fits(arn, patterns)] == []


@pytest.mark.requirement("ENC-12", "SEC-07")
def test_who_administers_the_key_does_not_decrypt(plan: Plan, account: Plan) -> None:
    """The account's administrators, and root least of all."""
    for root in (plan, account):
        found = key_statements(root)
        for name in ("AccountAdministersButDoesNotDecrypt",):
            assert "kms:PutKeyPolicy" in found[name].actions
            assert not {"kms:Decrypt", "kms:ReEncryptFrom", "kms:CreateGrant", "kms:*"} & found[name].actions
        assert (found["RootNeverDecrypts"].effect, found["RootNeverDecrypts"].actions >= {"kms:Decrypt"}) == (
            "Deny",
            True,
        )
        assert not [
            each.sid for each in found.values() if each.allows and not each.conditions and "AWS" not in each.principals
        ]


@pytest.mark.requirement("ENC-13", "SEC-07", "PHA-09")
def test_a_key_rotates_yearly_and_waits_before_it_goes(plan: Plan, account: Plan) -> None:
    """One for each environment and one for the account, each under its alias."""
    for root in (plan, account):
        found, alias = key(root), root.one("kms_alias", "module.encryption")
        assert (found["enable_key_rotation"], found["deletion_window_in_days"]) == (True, KEY_DELETION_DAYS)
        assert found.get("rotation_period_in_days") in {None, 365}
        assert alias["target_key_id"] in {found["key_id"], found["id"], found["arn"]}
        assert len(root.some("kms_key")) == 1


def _fits(arn: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(arn, pattern) for pattern in patterns)
