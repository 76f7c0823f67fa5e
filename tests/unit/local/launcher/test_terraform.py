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
    settings = platform.repository / "base-infra" / "environments" / "dev"
    settings.mkdir(parents=True)
    (settings / "terraform.tfvars").write_text('owner       = "ops"\ndomain_name = "example.com"\n')
    return platform


class FakeAws:
    """Plays S3 and Route 53; gives itself for every service."""

    def __init__(self) -> None:
        self.buckets: list[str] = []

    def connect(self, _service: str) -> Any:
        """The client of any service."""
        return self

    def create_bucket(self, *, Bucket: str) -> None:  # noqa: N803 - boto3's name
        """Make a bucket."""
        self.buckets.append(Bucket)

    def create_policy(self, *, PolicyName: str, PolicyDocument: str) -> None:  # noqa: N803 - boto3's names
        """Make a policy."""

    def list_hosted_zones_by_name(self, *, DNSName: str, MaxItems: str) -> dict[str, Any]:  # noqa: N803 - boto3's names
        """List the one zone that is asked for."""
        assert MaxItems
        return {"HostedZones": [{"Name": f"{DNSName}.", "Id": f"/hostedzone/zone-of-{DNSName}"}]}


def base_of(
    platform: Platform, tasks: Any, aws: FakeAws | None = None, binary: str | None = "/usr/bin/terraform"
) -> Base:
    """The base with a Terraform at a given place."""
    return Base(platform, tasks, {}, (aws or FakeAws()).connect, find=lambda _name: binary)


def test_it_is_applied_from_a_copy_without_leftovers(checkout: Platform, make_tasks: Any) -> None:
    """The checkout stays as it is; the state lies in a bucket, where the fleet reads it."""
    aws = FakeAws()
    tasks = make_tasks()
    base = base_of(checkout, tasks, aws)

    base.initialise()
    base.apply(lambda _detail: None)

    root = checkout.terraform_dir / "base-infra" / "environment"
    assert [file.name for file in sorted(root.iterdir())] == ["main.tf"]
    assert aws.buckets == ["cloudplatform-terraform-state-000000000000"]
    assert [command.cwd for command in tasks.commands] == [root, root]
    assert "-backend-config=../environments/dev/backend.local.hcl" in tasks.commands[0].argv
    assert "-var-file=../environments/dev/local.tfvars" in tasks.commands[1].argv
    assert "-var=hosted_zone_id=zone-of-example.com" in tasks.commands[1].argv
    assert Path(tasks.commands[0].env["TF_DATA_DIR"]).is_relative_to(checkout.home)


def test_without_terraform_the_base_is_left_out(checkout: Platform, make_tasks: Any) -> None:
    """One line says so, and nothing is run."""
    tasks = make_tasks()

    with pytest.raises(StepSkipped, match="Terraform is not on PATH: the base is left out, everything else works"):
        base_of(checkout, tasks, binary=None).initialise()

    assert tasks.ran == []


def test_without_its_provider_the_base_is_left_out(checkout: Platform, make_tasks: Any) -> None:
    """The line has Terraform's own reason."""
    with pytest.raises(StepSkipped, match="terraform init: Error: it did not work"):
        base_of(checkout, make_tasks(fails=frozenset({"init"}))).initialise()


def test_a_failed_apply_is_told_with_terraforms_reason(checkout: Platform, make_tasks: Any) -> None:
    """From the log, where it stands between frames."""
    log = checkout.log_of("terraform")
    log.parent.mkdir(parents=True)
    log.write_text("aws_vpc.this: Creating...\n╷\n│ Error: creating VPC: no\n╵\n")

    base = base_of(checkout, make_tasks(fails=frozenset({"apply"})))
    base.initialise()

    with pytest.raises(StepFailed, match=r"^terraform apply: Error: creating VPC: no$"):
        base.apply(lambda _detail: None)


def test_a_base_without_a_domain_is_named(checkout: Platform, make_tasks: Any) -> None:
    """There would be no zone for the certificate, and Terraform would say so in many words."""
    (checkout.repository / "base-infra" / "environments" / "dev" / "terraform.tfvars").write_text("")
    base = base_of(checkout, make_tasks())
    base.initialise()

    with pytest.raises(StepFailed, match="dev/terraform.tfvars names no domain_name"):
        base.apply(lambda _detail: None)


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
