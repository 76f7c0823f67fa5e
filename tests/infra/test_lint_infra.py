"""`scripts/lint-infra` finds what is planted, and a tool or a subject that is missing is no success."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from opsplane_local.launcher.environment import find_uv

pytestmark = pytest.mark.infra

REPOSITORY = Path(__file__).parents[2]
SUBJECTS = ("base-infra", "template.yaml", "scripts", ".ci", ".checkov.yaml", ".checkov.template.yaml")
NOT_COPIED = shutil.ignore_patterns(".terraform", "*.tfstate*", "*.tfplan", "__pycache__")
OWN_TOOLS = ("bash", "basename", "cat", "dirname", "env", "grep", "mktemp", "rm", "sed")

OPEN_GROUP = """
resource "aws_security_group" "planted" {
  description = "planted"
  vpc_id      = module.networking.vpc_id

  ingress {
    description = "planted"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
OPEN_BUCKET = """
  Planted:
    Type: AWS::S3::Bucket
    Properties: { AccessControl: PublicReadWrite }
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of what is linted."""
    for subject in SUBJECTS:
        if (REPOSITORY / subject).is_dir():
            shutil.copytree(REPOSITORY / subject, tmp_path / subject, ignore=NOT_COPIED)
        else:
            shutil.copy(REPOSITORY / subject, tmp_path / subject)
    return tmp_path


def lint(copy: Path, part: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run one part of the linter in the copy."""
    uv = find_uv(REPOSITORY)
    assert uv, "uv is needed; make setup brings it"
    return subprocess.run(
        [str(copy / "scripts" / "lint-infra"), part],
        env={**os.environ, "PATH": path or f"{os.environ['PATH']}{os.pathsep}{uv.parent}"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_an_open_port_and_an_open_bucket_are_found(copy: Path) -> None:
    """One in Terraform, one in the template; each is named with its check."""
    with (copy / "base-infra" / "environment" / "main.tf").open("a") as file:
        file.write(OPEN_GROUP)
    template = copy / "template.yaml"
    template.write_text(re.sub(r"^Resources:\n", f"Resources:{OPEN_BUCKET}", template.read_text(), flags=re.MULTILINE))

    done = lint(copy, "checkov")

    assert done.returncode == 1
    assert re.search(r"CKV_AWS_24:.*\n.*FAILED for resource: aws_security_group\.planted", done.stdout)
    assert re.search(r"CKV_AWS_57:.*\n.*FAILED for resource: AWS::S3::Bucket\.Planted", done.stdout)


def test_a_scan_of_nothing_is_a_failure(copy: Path) -> None:
    """As after a renamed folder: no finding is no praise where nothing was looked at."""
    for root in ("environment", "global", "modules"):
        shutil.rmtree(copy / "base-infra" / root)
    (copy / "template.yaml").write_text("Resources: {}\n")

    done = lint(copy, "checkov")

    assert done.returncode == 1
    assert done.stdout.count("checkov did not see what it should have seen") + done.stdout.count("did not run") == 2


@pytest.mark.parametrize(("part", "tool"), [("terraform", "terraform"), ("checkov", "uv"), ("scripts", "uv")])
def test_a_missing_tool_is_a_failure(copy: Path, tmp_path: Path, part: str, tool: str) -> None:
    """And the message says which."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in OWN_TOOLS:
        (tools / name).symlink_to(shutil.which(name) or name)

    done = lint(copy, part, path=str(tools))

    assert done.returncode == 1
    assert f"{tool} is not on PATH." in done.stderr


def test_a_file_that_is_not_formatted_is_found(copy: Path) -> None:
    """Before anything slower is done."""
    (copy / "base-infra" / "global" / "planted.tf").write_text("locals {\n      planted=1\n}\n")

    done = lint(copy, "terraform")

    assert done.returncode == 1
    assert "planted.tf" in done.stdout
    assert "make format" in done.stderr


def test_a_fault_in_a_script_is_found(copy: Path) -> None:
    """In any file that says it is a shell script."""
    (copy / "scripts" / "planted").write_text("#!/usr/bin/env bash\nrm $1\n")

    done = lint(copy, "scripts")

    assert done.returncode == 1
    assert "SC2086" in done.stdout


def test_every_check_left_out_says_why() -> None:
    """In the configuration and in Terraform alike."""
    entries = [
        line
        for name in (".checkov.yaml", ".checkov.template.yaml")
        for line in (REPOSITORY / name).read_text().splitlines()
        if re.match(r"\s+- CKV", line)
    ]
    comments = [
        line.strip()
        for path in (REPOSITORY / "base-infra").rglob("*.tf")
        for line in path.read_text().splitlines()
        if "checkov:skip" in line
    ]

    assert entries
    assert [line for line in entries if not re.fullmatch(r"\s+- CKV2?_AWS_\d+ # \S.{15,}", line)] == []
    assert [line for line in comments if not re.fullmatch(r"# checkov:skip=CKV2?_AWS_\d+:\s?\S.{15,}", line)] == []
