"""Where one laptop platform lives: its folders, ports and addresses."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import opsplane_local
from opsplane_local.launcher.errors import LauncherError

ACCOUNT = "000000000000"
REGION = "us-east-1"
ENVIRONMENT = "dev"
STACK = f"opsplane-{ENVIRONMENT}"
ARTIFACTS_BUCKET = f"opsplane-{ENVIRONMENT}-artifacts"
STATE_BUCKET = f"cloudplatform-terraform-state-{ACCOUNT}"
BOUNDARY_POLICY = f"cloudplatform-{ENVIRONMENT}-boundary"
NOTIFICATIONS_SECRET = f"opsplane/{ENVIRONMENT}/notifications"
DEFAULT_PORT = 4566
PORTS = ("gateway", "service", "sink", "ministack", "moto")
LOWEST_PORT, HIGHEST_PORT = 1024, 65535


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One laptop platform. All paths are absolute; every port is on 127.0.0.1.

    Args:
        repository: The checkout that is built and deployed.
        home: What this platform writes is under here, and nowhere else.
        port: The gateway's port; the four after it are taken as well.
        with_base: Whether Terraform applies base-infra.
        fresh: Whether the state of the last run is dropped first.
    """

    repository: Path
    home: Path
    port: int = DEFAULT_PORT
    with_base: bool = True
    fresh: bool = False

    def port_of(self, part: str) -> int:
        """The port of a part named in `PORTS`."""
        return self.port + PORTS.index(part)

    def url_of(self, part: str) -> str:
        """The base address of a part named in `PORTS`, without a slash at the end."""
        return f"http://127.0.0.1:{self.port_of(part)}"

    @property
    def run_dir(self) -> Path:
        """What belongs to one run: the snapshot, the lock, the logs."""
        return self.home / "run"

    @property
    def logs_dir(self) -> Path:
        """One `<part>.log` for each part and each task."""
        return self.run_dir / "logs"

    @property
    def state_dir(self) -> Path:
        """What survives a restart; it is dropped as one."""
        return self.home / "state"

    @property
    def sam_dir(self) -> Path:
        """Builds and caches of the SAM CLI; made anew when lost."""
        return self.home / "sam"

    @property
    def terraform_dir(self) -> Path:
        """Terraform's working copy and its providers; made anew when lost."""
        return self.home / "terraform"

    @property
    def emulator_environment(self) -> Path:
        """The virtual environment that the Lambda emulator runs in."""
        return self.home / "emulator-venv"

    @property
    def snapshot_file(self) -> Path:
        """The launcher's account of the current or the last run."""
        return self.run_dir / "platform.json"

    @property
    def lock_file(self) -> Path:
        """Held by the launcher for as long as it lives."""
        return self.run_dir / "lock"

    def log_of(self, name: str) -> Path:
        """The log file of a part or a task."""
        return self.logs_dir / f"{name}.log"


def platform_from(
    environment: Mapping[str, str] = os.environ,
    *,
    port: int = DEFAULT_PORT,
    with_base: bool = True,
    fresh: bool = False,
) -> Platform:
    """The platform that a command means: `OPSPLANE_HOME`, or `.opsplane` in the checkout.

    Raises:
        LauncherError: when this is not a checkout, or the ports do not fit.
    """
    repository = Path(opsplane_local.__file__).resolve().parents[2]
    if not (repository / "pyproject.toml").exists():
        message = f"The laptop platform needs a checkout of opsplane; {repository} is none."
        raise LauncherError(message, advice="Clone the repository and run the command there.")
    if not LOWEST_PORT <= port <= HIGHEST_PORT - len(PORTS) + 1:
        message = (
            f"Port {port} does not fit: {len(PORTS)} ports from there on must lie in {LOWEST_PORT}..{HIGHEST_PORT}."
        )
        raise LauncherError(message, advice=f"Leave --port out to use {DEFAULT_PORT}.")
    named = environment.get("OPSPLANE_HOME", "").strip()
    home = Path(named).expanduser().resolve() if named else repository / ".opsplane"
    return Platform(repository=repository, home=home, port=port, with_base=with_base, fresh=fresh)
