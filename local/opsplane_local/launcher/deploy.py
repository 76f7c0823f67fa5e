"""Building and deploying the fleet with the real SAM CLI."""

import json
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from opsplane_local.launcher.children import TaskRunner
from opsplane_local.launcher.environment import find_uv, tools_dir
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.processes import Command
from opsplane_local.launcher.settings import (
    ARTIFACTS_BUCKET,
    ENVIRONMENT,
    REGION,
    STACK,
    Platform,
)
from opsplane_local.launcher.sources import content_hash, is_marked, leave_mark
from opsplane_local.launcher.stack import SETTLED, DeployedStack

INPUTS = ("template.yaml", "functions", "layers", "service")


class Fleet:
    """The fleet of one platform: what it is built from, and whether that is deployed."""

    def __init__(
        self, platform: Platform, tasks: TaskRunner, environment: Mapping[str, str], stack: DeployedStack
    ) -> None:
        self._platform = platform
        self._tasks = tasks
        self._stack = stack
        self._environment = self._sam_environment(environment)
        self._parameters = {
            "Environment": ENVIRONMENT,
            "ConsoleUrl": platform.url_of("service"),
        }
        matters = [version("aws-sam-cli"), json.dumps(self._parameters)]
        self._sources = content_hash(platform.repository, INPUTS, matters)

    def build(self) -> str:
        """Run `sam build`, unless the last build was of the same sources or they are deployed already.

        Raises:
            StepFailed: when there is no template, or SAM fails.
        """
        if not (self._platform.repository / "template.yaml").exists():
            message = f"There is no template.yaml in {self._platform.repository}."
            raise StepFailed(message, advice="Restore it from git: git checkout template.yaml")
        if is_marked(self._deploy_marker, self._sources) or is_marked(self._build_marker, self._sources):
            return "sources unchanged"
        began = time.monotonic()
        build = self._platform.sam_dir
        self._sam("build", "build", "--cached", "--build-dir", f"{build}/build", "--cache-dir", f"{build}/cache")
        leave_mark(self._build_marker, self._sources)
        return f"built in {time.monotonic() - began:.1f} s"

    def deploy(self) -> str:
        """Run `sam deploy`, unless these sources are deployed and the stack answers.

        Raises:
            StepFailed: when SAM or the emulated AWS refuses.
        """
        if is_marked(self._deploy_marker, self._sources) and self._stack.status() in SETTLED:
            return f"{STACK} restored, sources unchanged"
        self._deploy_marker.unlink(missing_ok=True)
        if not is_marked(self._build_marker, self._sources):
            self.build()
        self._stack.make_room()
        parameters = [f"{name}={value}" for name, value in self._parameters.items()]
        self._sam(
            "deploy",
            "deploy",
            *("--template-file", str(self._platform.sam_dir / "build" / "template.yaml")),
            *("--stack-name", STACK, "--region", REGION, "--s3-bucket", ARTIFACTS_BUCKET, "--s3-prefix", STACK),
            *("--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"),
            *("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar"),
            *("--parameter-overrides", *parameters),
        )
        status = self._stack.status()
        if status not in SETTLED:
            message = f"Stack {STACK} ended in {status or 'no state at all'}."
            raise StepFailed(message, advice="See `opsplane logs deploy`; start anew with `opsplane up --fresh`.")
        leave_mark(self._deploy_marker, self._sources)
        return f"stack {STACK}"

    def _sam(self, task: str, *arguments: str) -> None:
        self._remember_version_check()
        argv = (str(tools_dir() / "sam"), *arguments)
        self._tasks.run(task, Command(argv=argv, env=self._environment, cwd=self._platform.repository))

    @property
    def _build_marker(self) -> Path:
        return self._platform.sam_dir / "build" / ".opsplane-sources"

    @property
    def _deploy_marker(self) -> Path:
        return self._platform.state_dir / "deployed.json"

    def _sam_environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        uv = find_uv(self._platform.repository)
        path = environment["PATH"] + (f":{uv.parent}" if uv else "")
        return {
            **environment,
            "PATH": path,
            "SAM_CLI_TELEMETRY": "0",
            "__SAM_CLI_APP_DIR": str(self._platform.sam_dir / "app"),
        }

    def _remember_version_check(self, now: Callable[[], float] = time.time) -> None:
        """SAM asks PyPI for a newer version when it last did so a week ago, and waits seconds where there is no net."""
        file = self._platform.sam_dir / "app" / "metadata.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"telemetryEnabled": False, "lastVersionCheck": now()}))
