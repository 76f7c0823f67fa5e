"""Buckets and the lock table."""

import pytest
from acceptance.golden import GLACIER_DAYS
from acceptance.plans import Plan, Resource
from acceptance.policies import statements
from acceptance.roots import backend
from acceptance.standin import ACCOUNT

pytestmark = pytest.mark.infra


def part(plan: Plan, kind: str, bucket: Resource) -> Resource:
    """Return the one setting of a kind that belongs to a bucket."""
    (found,) = plan.where(kind, lambda each: each["bucket"] == bucket["bucket"])
    return found


def is_versioned(plan: Plan, bucket: Resource) -> bool:
    """Tell whether a bucket keeps versions."""
    found = plan.where("s3_bucket_versioning", lambda each: each["bucket"] == bucket["bucket"])
    return [each.block("versioning_configuration")["status"] for each in found] == ["Enabled"]


@pytest.mark.requirement("STO-01", "PHA-01", "REP-57", "ARC-19")
def test_the_state_bucket_keeps_versions_encrypted_and_private(account: Plan) -> None:
    """Its name is known before it is, because backends name it too."""
    bucket = account.one("s3_bucket", "state_bucket")
    block = part(account, "s3_bucket_public_access_block", bucket)

    assert bucket["bucket"] == f"cloudplatform-terraform-state-{ACCOUNT}"
    assert is_versioned(account, bucket)
    rule = part(account, "s3_bucket_server_side_encryption_configuration", bucket).block("rule")
    (default,) = rule["apply_server_side_encryption_by_default"]
    assert default["sse_algorithm"] == "aws:kms"
    assert default["kms_master_key_id"] == account.one("kms_key", "module.encryption")["arn"]
    assert block["restrict_public_buckets"] is True


@pytest.mark.requirement("STO-02", "ARC-29")
def test_logs_can_be_exported_to_a_bucket_without_versions(plan: Plan) -> None:
    """CloudWatch Logs of the own account may write; objects go to Glacier."""
    bucket = plan.one("s3_bucket", "module.logs")
    writers = [
        each
        for each in statements(part(plan, "s3_bucket_policy", bucket)["policy"])
        if each.allows and "s3:PutObject" in each.actions
    ]

    assert not is_versioned(plan, bucket)
    assert [each.principals for each in writers] == [{"Service": ("logs.us-east-1.amazonaws.com",)}]
    assert all(each.conditions["StringEquals"]["aws:SourceAccount"] == ACCOUNT for each in writers)
    assert GLACIER_DAYS in _glacier(plan, bucket)


@pytest.mark.requirement("STO-03")
def test_backups_have_a_bucket_with_versions(plan: Plan) -> None:
    """Encrypted by the environment's key."""
    bucket = plan.one("s3_bucket", "module.backups")
    rule = part(plan, "s3_bucket_server_side_encryption_configuration", bucket).block("rule")
    (default,) = rule["apply_server_side_encryption_by_default"]

    assert is_versioned(plan, bucket)
    assert default["kms_master_key_id"] == plan.one("kms_key", "module.encryption")["arn"]


@pytest.mark.requirement("STO-04")
def test_objects_move_to_glacier_after_90_days(plan: Plan, account: Plan) -> None:
    """All but the state, which is read every day."""
    buckets = [(plan, each) for each in plan.some("s3_bucket")]
    buckets += [(account, each) for each in account.some("s3_bucket") if "state_bucket" not in each.address]

    assert len(buckets) >= 5
    assert [each.address for root, each in buckets if _glacier(root, each) != [GLACIER_DAYS]] == []


@pytest.mark.requirement("STO-05")
def test_buckets_refuse_plain_http_and_let_in_only_who_is_named(plan: Plan, account: Plan) -> None:
    """Everything allowed is allowed to an AWS service, on a condition that names this account's own source."""
    for root in (plan, account):
        for bucket in root.some("s3_bucket"):
            written = statements(part(root, "s3_bucket_policy", bucket)["policy"])
            denied = [each for each in written if each.conditions.get("Bool") == {"aws:SecureTransport": "false"}]
            assert [(each.effect, sorted(each.actions), dict(each.principals)) for each in denied] == [
                ("Deny", ["s3:*"], {"*": ("*",)})
            ], bucket.address
            assert set(denied[0].resources) == {bucket["arn"], f"{bucket['arn']}/*"}
            for each in written:
                if each.allows:
                    assert set(each.principals) == {"Service"}, bucket.address
                    assert any("aws:Source" in key for test in each.conditions.values() for key in test), each.sid


@pytest.mark.requirement("STO-06")
def test_no_bucket_can_be_made_public(plan: Plan, account: Plan) -> None:
    """All four locks on every bucket, no access lists, and the same four on the account."""
    locks = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    whole = account.one("s3_account_public_access_block")

    assert [whole[name] for name in locks] == [True] * 4
    for root in (plan, account):
        for bucket in root.some("s3_bucket"):
            block = part(root, "s3_bucket_public_access_block", bucket)
            assert [block[name] for name in locks] == [True] * 4, bucket.address
            owner = part(root, "s3_bucket_ownership_controls", bucket).block("rule")
            assert owner["object_ownership"] == "BucketOwnerEnforced"


@pytest.mark.requirement("STO-07", "PHA-02")
def test_s3_locks_the_state_and_the_table_stays_away(account: Plan) -> None:
    """Unless an older Terraform asks for it."""
    assert account.variables["create_lock_table"] is False
    assert account.some("s3_bucket", "state_bucket")
    assert account.resources("dynamodb_table") == []
    assert {name: backend(name).get("use_lockfile") for name in ("dev", "staging", "prod", "global")} == dict.fromkeys(
        ("dev", "staging", "prod", "global"), True
    )


def _glacier(plan: Plan, bucket: Resource) -> list[int]:
    rules = part(plan, "s3_bucket_lifecycle_configuration", bucket)["rule"]
    moves = [move for rule in rules if rule["status"] == "Enabled" for move in rule["transition"]]
    return [move["days"] for move in moves if move["storage_class"] == "GLACIER"]
