"""Applying base-infra to the emulated AWS, from a copy, so that the checkout stays as it is."""

import re
import shutil
from collections.abc import Callable, Mapping

from opsplane_local.launcher.account import make_boundary, make_bucket, make_zone
from opsplane_local.launcher.children import TaskRunner
from opsplane_local.launcher.clients import Connect
from opsplane_local.launcher.errors import StepFailed, StepSkipped
from opsplane_local.launcher.processes import Command, last_lines
from opsplane_local.launcher.settings import BOUNDARY_POLICY, ENVIRONMENT, STATE_BUCKET, Platform

ROOT = "environment"
DOMAIN_LINE = re.compile(r'^domain_name\s*=\s*"([^"]+)"', re.MULTILINE)
PLAN_LINE = re.compile(r"^Plan: (\d+) to add, (\d+) to change, (\d+) to destroy")
CHANGED_LINE = re.compile(r": (?:Creation|Modifications|Destruction) complete after ")
SUMMARY_LINE = re.compile(r"^Apply complete! Resources: (.*)\.$")
# The provider mostly waits, for fixed times; at ten in a row what waits keeps what could begin from beginning.
WIDE = "-parallelism=30"
NOTHING = "0 added, 0 changed, 0 destroyed"
NOT_COPIED = shutil.ignore_patterns(".terraform", "*.tfstate*", "*.tfplan", "tests", "examples")


class Base:
    """base-infra on one platform."""

    def __init__(
        self,
        platform: Platform,
        tasks: TaskRunner,
        environment: Mapping[str, str],
        connect: Connect,
        find: Callable[[str], str | None] = shutil.which,
    ) -> None:
        self._platform = platform
        self._tasks = tasks
        self._source = platform.repository / "base-infra"
        self._copy = platform.terraform_dir / "base-infra"
        self._settings = f"../environments/{ENVIRONMENT}"
        self._binary = find("terraform")
        self._connect = connect
        self._environment = {
            **environment,
            "CHECKPOINT_DISABLE": "1",
            "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0",
            "TF_DATA_DIR": str(platform.terraform_dir / "data"),
        }

    def initialise(self) -> str:
        """Make the working copy and have the provider.

        Raises:
            StepSkipped: when Terraform or its provider cannot be had; the rest does without.
        """
        if self._binary is None:
            message = "Terraform is not on PATH: the base is left out, everything else works."
            raise StepSkipped(message)
        if not (self._source / ROOT).is_dir():
            message = "base-infra/environment is not there: the base is left out."
            raise StepSkipped(message)
        self._make_copy()
        make_bucket(self._connect, STATE_BUCKET)
        try:
            backends = [f"-backend-config={self._settings}/{name}" for name in ("backend.hcl", "backend.local.hcl")]
            self._terraform("init", "-reconfigure", *backends)
        except StepFailed as error:
            reason = next((line for line in error.lines if "Error:" in line), error.message).strip("│╷╵ ")
            message = (
                f"terraform init: {reason}. The base is left out, everything else works; see `opsplane logs terraform`."
            )
            raise StepSkipped(message) from error
        return "provider ready"

    def apply(self, note: Callable[[str], None]) -> str:
        """Apply, with a count of what is done so far to `note`.

        Raises:
            StepFailed: with Terraform's own error.
        """
        # On AWS the global root makes the state bucket, these two and much else that is not needed here.
        make_boundary(self._connect, BOUNDARY_POLICY)
        zone_id = make_zone(self._connect, self._domain())
        counter = ApplyCounter(note)
        files = [f"-var-file={self._settings}/{name}.tfvars" for name in ("terraform", "local")]
        variables = (*files, f"-var=hosted_zone_id={zone_id}")
        try:
            # The launcher's own lock keeps a second apply away; one left by a killed Terraform would be in the way.
            self._terraform("apply", "-auto-approve", "-lock=false", WIDE, *variables, on_line=counter.read)
        except StepFailed as error:
            raise self._explained(error) from error
        return counter.summary

    def _terraform(self, *arguments: str, on_line: Callable[[str], None] | None = None) -> None:
        # The base may take its time; the two processors of a laptop first go to what answers events.
        polite = ("nice", "-n", "10")
        argv = (*polite, self._binary or "terraform", arguments[0], "-input=false", "-no-color", *arguments[1:])
        command = Command(argv=argv, env=self._environment, cwd=self._copy / ROOT)
        self._tasks.run("terraform", command, on_line=on_line)

    def _domain(self) -> str:
        settings = (self._copy / "environments" / ENVIRONMENT / "terraform.tfvars").read_text()
        if found := DOMAIN_LINE.search(settings):
            return found.group(1)
        message = f"base-infra/environments/{ENVIRONMENT}/terraform.tfvars names no domain_name."
        raise StepFailed(message)

    def _make_copy(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._source, self._copy, ignore=NOT_COPIED)

    def _explained(self, error: StepFailed) -> StepFailed:
        lines = last_lines(self._platform.log_of("terraform"), 400)
        errors = [line.strip("│╷╵ ") for line in lines if "Error:" in line]
        message = f"terraform apply: {errors[0]}" if errors else error.message
        return StepFailed(message, lines=error.lines, advice="The whole log: opsplane logs terraform")


class ApplyCounter:
    """Reads what `terraform apply` prints and keeps count."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._planned = 0
        self._changed = 0
        self.summary = "applied"

    def read(self, line: str) -> None:
        """Take in one line."""
        if found := PLAN_LINE.match(line):
            self._planned = sum(int(number) for number in found.groups())
        elif CHANGED_LINE.search(line):
            self._changed += 1
        elif found := SUMMARY_LINE.match(line):
            self.summary = "nothing to change" if found.group(1) == NOTHING else found.group(1)
            return
        else:
            return
        self._note(f"{self._changed} of {self._planned} resources")
