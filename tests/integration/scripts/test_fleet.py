"""What `scripts/deploy` and `scripts/destroy` do with the fleet, and `scripts/init-backend` with a file left over."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from awscli import REPOSITORY

ACCOUNT = "000000000000"
LEDGER, REPORTS, NOTIFICATIONS = "opsplane-dev-ledger", f"opsplane-dev-reports-{ACCOUNT}", "opsplane/dev/notifications"
STATES = f"cloudplatform-terraform-state-{ACCOUNT}"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout whose sam, make and terraform only write down what they were told."""
    shutil.copytree(REPOSITORY / "scripts", tmp_path / "scripts")
    shutil.copy(REPOSITORY / "samconfig.toml", tmp_path)
    (tmp_path / "base-infra" / "global").mkdir(parents=True)
    for program in (".venv/bin/sam", "bin/make", "bin/terraform"):
        path = tmp_path / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >>{tmp_path}/{path.name}.log\n')
        path.chmod(0o755)
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return tmp_path


def run(checkout: Path, scripts: Any, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of that checkout."""
    environment = scripts.environment()
    environment["PATH"] = f"{checkout}/bin:{environment['PATH']}"
    return subprocess.run(
        [str(checkout / "scripts" / script), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def records(scripts: Any) -> None:
    """What a fleet leaves behind: a protected table, a bucket with versions, and a secret."""
    scripts.client("dynamodb").create_table(
        TableName=LEDGER,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=True,
    )
    s3 = scripts.client("s3")
    s3.create_bucket(Bucket=REPORTS)
    s3.put_bucket_versioning(Bucket=REPORTS, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"1", b"2"):
        s3.put_object(Bucket=REPORTS, Key="weekly/a b.json", Body=body)
    s3.delete_object(Bucket=REPORTS, Key="weekly/a b.json")
    scripts.client("secretsmanager").create_secret(Name=NOTIFICATIONS, SecretString="{}")


def left(scripts: Any) -> list[str]:
    """Return the names of what is there."""
    buckets = scripts.client("s3").list_buckets()["Buckets"]
    secrets = scripts.client("secretsmanager").list_secrets()["SecretList"]
    named = [*scripts.client("dynamodb").list_tables()["TableNames"], *(bucket["Name"] for bucket in buckets)]
    return [*named, *(secret["Name"] for secret in secrets if secret["Name"].startswith("opsplane/"))]


@pytest.mark.usefixtures("records")
def test_what_the_fleet_keeps_is_named(scripts: Any, checkout: Path) -> None:
    """A deployment after it would stumble over these names."""
    done = run(checkout, scripts, "destroy", "dev", "--fleet-only", "--yes")

    assert done.returncode == 0, done.stderr
    assert f"gone, but for the fleet's records: {LEDGER} {REPORTS} {NOTIFICATIONS}" in done.stderr
    assert "scripts/destroy --fleet-only --with-records dev" in done.stderr
    assert left(scripts) == [LEDGER, REPORTS, NOTIFICATIONS]


@pytest.mark.usefixtures("records")
def test_records_go_when_somebody_says_so(scripts: Any, checkout: Path) -> None:
    """With every version; and a second time there is nothing to do."""
    for _ in range(2):
        done = run(checkout, scripts, "destroy", "dev", "--fleet-only", "--with-records", "--yes")

        assert done.returncode == 0, done.stderr
        assert "dev is gone." in done.stderr
        assert left(scripts) == []


def test_prod_keeps_its_records(scripts: Any, checkout: Path) -> None:
    """Whoever asks."""
    done = run(checkout, scripts, "destroy", "prod", "--with-records", "--yes")

    assert done.returncode == 2
    assert "prod keeps its records" in done.stderr
    assert not (checkout / "sam.log").exists()


def test_an_address_is_added_to_the_other_parameters(scripts: Any, checkout: Path) -> None:
    """Which sam would forget otherwise."""
    done = run(checkout, scripts, "deploy", "dev", "--fleet-only", "--alert-email", "a+b@example.com")

    assert done.returncode == 0, done.stderr
    told = (checkout / "sam.log").read_text().splitlines()
    given = told[told.index("--parameter-overrides") + 1]
    assert given.startswith("Environment=dev ")
    assert "BoundaryPolicyName=cloudplatform-dev-boundary" in given
    assert given.endswith(' AlertEmail="a+b@example.com"')


def test_without_an_address_samconfig_says_everything(scripts: Any, checkout: Path) -> None:
    """And the address that the stack has stays."""
    done = run(checkout, scripts, "deploy", "dev", "--fleet-only")

    assert done.returncode == 0, done.stderr
    assert (checkout / "sam.log").read_text().splitlines() == ["deploy", "--config-env", "dev"]


def test_a_state_that_was_left_over_replaces_nothing(scripts: Any, checkout: Path) -> None:
    """What others have written into the bucket since is newer."""
    scripts.client("s3").create_bucket(Bucket=STATES)
    scripts.client("s3").put_object(Bucket=STATES, Key="global/terraform.tfstate", Body=b"{}")
    stale = checkout / "base-infra" / "global" / "first-apply.tfstate"
    stale.write_text("{}")

    done = run(checkout, scripts, "init-backend", "--yes", "global")

    assert done.returncode == 1
    assert f"s3://{STATES}/global/terraform.tfstate exists already" in done.stderr
    assert str(stale) in done.stderr
    assert stale.exists()
    assert not (checkout / "terraform.log").exists()
