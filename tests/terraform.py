"""Terraform on a copy of base-infra, so that the checkout stays as it is."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[1]
LIMIT_SECONDS = 600
NOT_COPIED = shutil.ignore_patterns(".terraform", "*.tfstate*", "*.tfplan")
LOCK = ".terraform.lock.hcl"


@dataclass(frozen=True)
class Terraform:
    """The terraform on PATH, working in one copy of base-infra with data folders of its own."""

    binary: str
    base: Path
    data: Path

    def run(
        self, folder: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in `folder` of the copy and return it, however it ended."""
        command, *rest = arguments
        settings = {
            "CHECKPOINT_DISABLE": "1",
            "TF_INPUT": "0",
            "TF_IN_AUTOMATION": "1",
            "TF_DATA_DIR": str(self.data / folder.replace("/", "-")),
        }
        return subprocess.run(
            [self.binary, command, "-no-color", *rest],
            cwd=self.base / folder,
            env={**_own_environment(), **settings, **(environment or {})},
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )

    def succeed(self, folder: str, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """Run a command that must succeed and return what it printed."""
        done = self.run(folder, *arguments, environment=environment)
        told = f"terraform {' '.join(arguments)} in {folder} ended with {done.returncode}"
        assert done.returncode == 0, f"{told}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def initialise(self, folder: str) -> None:
        """Have the locked provider for a module or a root, without a backend."""
        lock = self.base / folder / LOCK
        if not lock.exists():
            # Modules have no lock of their own: the roots' decides.
            shutil.copy(self.base / "environment" / LOCK, lock)
        self.succeed(folder, "init", "-backend=false", "-lockfile=readonly")

    def plan_offline(self, root: str, *variables: str) -> dict[str, Any]:
        """Return the plan of a root that may not call AWS, as `terraform show -json` writes it."""
        (self.base / root / "backend_override.tf").write_text('terraform {\n  backend "local" {}\n}\n')
        keys = {"AWS_ACCESS_KEY_ID": "offline", "AWS_SECRET_ACCESS_KEY": "offline", "AWS_REGION": "us-east-1"}
        self.succeed(root, "init", "-reconfigure", "-lockfile=readonly")
        self.succeed(root, "plan", "-refresh=false", "-out=offline.tfplan", *variables, environment=keys)
        shown: dict[str, Any] = json.loads(self.succeed(root, "show", "-json", "offline.tfplan"))
        return shown


def on_copy(binary: str, folder: Path) -> Terraform:
    """Return Terraform on a fresh copy of base-infra under `folder`."""
    base = folder / "base-infra"
    shutil.copytree(REPOSITORY / "base-infra", base, ignore=NOT_COPIED)
    return Terraform(binary, base, folder / "data")


def _own_environment() -> dict[str, str]:
    """Return the caller's environment without what would change what Terraform does."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_VAR_", "TF_CLI_ARGS"))
    }
    named = kept.get("TF_CLI_CONFIG_FILE")
    if named and not Path(named).exists():
        del kept["TF_CLI_CONFIG_FILE"]
    return kept
