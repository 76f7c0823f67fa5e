"""The base is applied from a copy, with its progress told, or left out with one clear line."""

from pathlib import Path
from typing import Any

import pytest
from opsplane_local.launcher.errors import StepFailed, StepSkipped
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.terraform import ApplyCounter, Base


@pytest.fixture
def checkout(platform: Platform) -> Platform:
    """A platform whose checkout has a base, once applied by hand."""
    root = platform.repository / "base-infra" / "environment"
    (root / ".terraform").mkdir(parents=True)
    (root / "main.tf").write_text("# main")
    (root / ".terraform" / "junk").write_text("x")
    (root / "terraform.tfstate").write_text("{}")
    return platform


def base_of(platform: Platform, tasks: Any, buckets: list[str], binary: str | None = "/usr/bin/terraform") -> Base:
    """The base with a Terraform at a given place."""
    return Base(platform, tasks, {}, buckets.append, find=lambda _name: binary)


def test_it_is_applied_from_a_copy_without_leftovers(checkout: Platform, make_tasks: Any) -> None:
    """The checkout stays as it is; the state lies in a bucket, where the fleet reads it."""
    buckets: list[str] = []
    tasks = make_tasks()
    base = base_of(checkout, tasks, buckets)

    base.initialise()
    base.apply(lambda _detail: None)

    root = checkout.terraform_dir / "base-infra" / "environment"
    assert [file.name for file in sorted(root.iterdir())] == ["main.tf"]
    assert buckets == ["opsplane-dev-tfstate"]
    assert [command.cwd for command in tasks.commands] == [root, root]
    assert "-backend-config=../environments/dev/backend.local.hcl" in tasks.commands[0].argv
    assert "-var-file=../environments/dev/local.tfvars" in tasks.commands[1].argv
    assert Path(tasks.commands[0].env["TF_DATA_DIR"]).is_relative_to(checkout.home)


def test_without_terraform_the_base_is_left_out(checkout: Platform, make_tasks: Any) -> None:
    """One line says so, and nothing is run."""
    tasks = make_tasks()

    with pytest.raises(StepSkipped, match="Terraform is not on PATH: the base is left out, everything else works"):
        base_of(checkout, tasks, [], binary=None).initialise()

    assert tasks.ran == []


def test_without_its_provider_the_base_is_left_out(checkout: Platform, make_tasks: Any) -> None:
    """The line has Terraform's own reason."""
    with pytest.raises(StepSkipped, match="terraform init: Error: it did not work"):
        base_of(checkout, make_tasks(fails=frozenset({"init"})), []).initialise()


def test_a_failed_apply_is_told_with_terraforms_reason(checkout: Platform, make_tasks: Any) -> None:
    """From the log, where it stands between frames."""
    log = checkout.log_of("terraform")
    log.parent.mkdir(parents=True)
    log.write_text("aws_vpc.this: Creating...\n╷\n│ Error: creating VPC: no\n╵\n")

    with pytest.raises(StepFailed, match=r"^terraform apply: Error: creating VPC: no$"):
        base_of(checkout, make_tasks(fails=frozenset({"apply"})), []).apply(lambda _detail: None)


def test_progress_is_counted() -> None:
    """Of what the plan announced; the end has Terraform's own words."""
    notes: list[str] = []
    counter = ApplyCounter(notes.append)
    for line in (
        "aws_vpc.this: Refreshing state... [id=vpc-1]",
        "Plan: 2 to add, 1 to change, 0 to destroy.",
        "aws_vpc.this: Creation complete after 12s [id=vpc-1]",
        "aws_lb.this: Still creating... [10s elapsed]",
        "aws_lb.this: Modifications complete after 1s",
        "Apply complete! Resources: 2 added, 1 changed, 0 destroyed.",
    ):
        counter.read(line)

    assert notes == ["0 of 3 resources", "1 of 3 resources", "2 of 3 resources"]
    assert counter.summary == "2 added, 1 changed, 0 destroyed"
