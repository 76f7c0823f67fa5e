"""What the scripts refuse, ask and explain before they touch anything."""

import os
import pty
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from awscli import REPOSITORY

WITH_ENVIRONMENT = ("init-backend", "deploy", "destroy", "rotate-secrets")
READS = re.compile(r"(sts get-caller-identity|ssm get-parameter|rds describe-|elbv2 describe-|s3api head-bucket)")


@pytest.fixture
def terraform(scripts: Any) -> Path:
    """Return the file in which a terraform that does nothing writes down what it was told."""
    told: Path = scripts.folder / "terraform.log"
    told.unlink(missing_ok=True)
    program = scripts.folder / "terraform"
    program.write_text(f'#!/bin/sh\necho "$1 $TF_VAR_account_id $TF_VAR_hosted_zone_id" >>{told}\necho Z123\n')
    program.chmod(0o755)
    return told


def prod(scripts: Any, *, protected: bool) -> None:
    """Put a prod environment into the account, under the names that base-infra gives."""
    scripts.client("rds").create_db_instance(
        DBInstanceIdentifier="cloudplatform-prod-rds-postgres",
        DBInstanceClass="db.t4g.micro",
        Engine="postgres",
        MasterUsername="app",
        ManageMasterUserPassword=True,
        DeletionProtection=protected,
    )
    subnets = [each["SubnetId"] for each in scripts.client("ec2").describe_subnets()["Subnets"]][:2]
    scripts.client("elbv2").create_load_balancer(Name="cloudplatform-prod-alb", Subnets=subnets)


@pytest.mark.parametrize("script", [*WITH_ENVIRONMENT, "lint-infra"])
def test_a_script_explains_itself(scripts: Any, script: str) -> None:
    """Its name, its arguments and its options, without doing anything."""
    done = scripts.run(script, "--help")

    assert done.returncode == 0
    assert f"scripts/{script} " in done.stdout
    assert "#" not in done.stdout.split("\n")[0]
    assert scripts.calls() == []


@pytest.mark.parametrize("arguments", [(), ("production",), ("dev", "--force"), ("dev", "redis", "jwt")])
@pytest.mark.parametrize("script", WITH_ENVIRONMENT)
def test_what_makes_no_sense_is_refused(scripts: Any, script: str, arguments: tuple[str, ...]) -> None:
    """With one line and an exit code of its own."""
    done = scripts.run(script, *arguments)

    assert done.returncode == 2
    assert "--help says more" in done.stderr
    assert scripts.calls() == []


@pytest.mark.parametrize(("script", "arguments"), [("deploy", ()), ("init-backend", ()), ("rotate-secrets", ("jwt",))])
def test_prod_is_not_touched_unless_somebody_says_so(
    scripts: Any, terraform: Path, script: str, arguments: tuple[str, ...]
) -> None:
    """Where nobody is at the keyboard, only --yes says so."""
    done = scripts.run(script, "prod", *arguments, TF_VAR_service_image="x")

    assert done.returncode == 1
    assert "Nobody is at the keyboard to say so: give --yes." in done.stderr
    assert [call.operation for call in scripts.calls() if not READS.match(call.operation)] == []
    assert not terraform.exists()


def test_credentials_of_another_account_are_refused(scripts: Any, terraform: Path) -> None:
    """Before Terraform is started at all."""
    done = scripts.run("deploy", "dev", "--base-only", TF_VAR_account_id="111122223333")

    assert done.returncode == 1
    assert "the credentials belong to account 000000000000" in done.stderr
    assert not terraform.exists()


def test_a_protected_prod_cannot_be_destroyed(scripts: Any, terraform: Path) -> None:
    """Not even with --yes: what AWS protects, a person has to give up by hand."""
    prod(scripts, protected=True)

    done = scripts.run("destroy", "prod", "--yes", "--base-only")

    assert done.returncode == 1
    assert "Database cloudplatform-prod-rds-postgres is protected from deletion" in done.stderr
    assert not terraform.exists()


@pytest.mark.parametrize("half_way", [False, True])
def test_an_unprotected_prod_can(scripts: Any, terraform: Path, *, half_way: bool) -> None:
    """Once both protections are off, and again when a run before has already deleted both."""
    if not half_way:
        prod(scripts, protected=False)
    scripts.client("s3").create_bucket(Bucket="cloudplatform-terraform-state-000000000000")

    done = scripts.run("destroy", "prod", "--yes", "--base-only")

    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in terraform.read_text().splitlines()] == ["init", "destroy"]


def test_a_deploy_takes_the_zone_from_the_account(scripts: Any, terraform: Path) -> None:
    """From the state of the root `global`, where it is not given."""
    scripts.client("s3").create_bucket(Bucket="cloudplatform-terraform-state-000000000000")

    done = scripts.run("deploy", "dev", "--yes", "--base-only", TF_VAR_service_image="service@sha256:0")

    assert done.returncode == 0, done.stderr
    assert terraform.read_text().splitlines() == [
        "init 000000000000 ",
        "output 000000000000 ",
        "init 000000000000 Z123",
        "apply 000000000000 Z123",
    ]


def test_without_a_state_bucket_the_first_step_is_named(scripts: Any, terraform: Path) -> None:
    """Rather than Terraform's own long words."""
    done = scripts.run("init-backend", "dev")

    assert done.returncode == 1
    assert "run scripts/init-backend global first" in done.stderr
    assert not terraform.exists()


FORBIDDEN = """#!/bin/sh
case "$1" in
  sts) echo 000000000000 ;;
  *) echo "An error occurred (403) when calling the HeadBucket operation: Forbidden" >&2; exit 254 ;;
esac
"""


def test_a_bucket_that_may_be_there_is_not_made_again(scripts: Any, terraform: Path, tmp_path: Path) -> None:
    """Where AWS refuses to say, as for a bucket of somebody else, a person has to look."""
    (tmp_path / "aws").write_text(FORBIDDEN)
    (tmp_path / "aws").chmod(0o755)

    done = scripts.run("init-backend", "--yes", "global", PATH=f"{tmp_path}{os.pathsep}{scripts.environment()['PATH']}")

    assert done.returncode == 1
    assert "AWS does not say whether bucket cloudplatform-terraform-state-000000000000 exists" in done.stderr
    assert not terraform.exists()


@pytest.mark.parametrize(("word", "code"), [("dev", 0), ("yes", 1), ("", 1)])
def test_a_person_types_the_name_of_what_goes(scripts: Any, terraform: Path, word: str, code: int) -> None:
    """Anything else does nothing."""
    scripts.client("s3").create_bucket(Bucket="cloudplatform-terraform-state-000000000000")
    keyboard, terminal = pty.openpty()
    os.write(keyboard, f"{word}\n".encode())

    done = subprocess.run(
        [str(REPOSITORY / "scripts" / "destroy"), "dev", "--base-only"],
        env=scripts.environment(),
        stdin=terminal,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(terminal)
    os.close(keyboard)

    assert done.returncode == code, done.stderr
    assert "Type 'dev' to go on:" in done.stderr
    assert terraform.exists() == (code == 0)
    assert ("Nothing was done." in done.stderr) == (code == 1)
