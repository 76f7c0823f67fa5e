"""The environment of the emulator that runs the Lambdas: apart from ours, because they see what is in it."""

import sys
from collections.abc import Mapping

from opsplane_local.launcher.children import TaskRunner
from opsplane_local.launcher.environment import find_uv
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.processes import Command
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.sources import content_hash, is_marked, leave_mark

GROUP = "emulator"


def install_emulator(platform: Platform, tasks: TaskRunner, environment: Mapping[str, str]) -> str:
    """Bring the emulator's environment up to `uv.lock`, when it is not there already.

    Raises:
        StepFailed: when there is no uv, or it fails.
    """
    target = platform.emulator_environment
    wanted = content_hash(platform.repository, ["uv.lock"], [GROUP, sys.version])
    marker = target / ".opsplane-installed"
    if is_marked(marker, wanted) and (target / "bin" / "python").exists():
        return "already there"
    uv = find_uv(platform.repository)
    if uv is None:
        message = "uv is needed to install the emulator, and it is neither on PATH nor in .uv/bin."
        raise StepFailed(message, advice="Run `make setup`.")
    argv = (str(uv), "sync", "--frozen", "--only-group", GROUP, "--python", sys.executable, "--no-progress")
    env = {**environment, "UV_PROJECT_ENVIRONMENT": str(target)}
    tasks.run("environment", Command(argv=argv, env=env, cwd=platform.repository))
    leave_mark(marker, wanted)
    return "installed"
