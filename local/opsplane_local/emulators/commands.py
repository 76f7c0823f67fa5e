"""The command line and the environment of each process of the embedded AWS."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from opsplane_local.emulators.settings import Settings

MINISTACK_SERVER = Path(__file__).with_name("ministack_server.py")

PASSED_ON = (
    "HOME",
    "LANG",
    "LC_ALL",
    "LOGNAME",
    "OPSPLANE_HOME",
    "PATH",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
    "TMPDIR",
    "TZ",
    "USER",
)
"""What a process inherits. All else stays out: the Lambdas inherit ministack's environment, and a person's real
AWS profile, Python path or proxy must not reach them."""


@dataclass(frozen=True, slots=True)
class Command:
    """One process to start: `argv` without a shell, `env` complete (not to be merged with the caller's)."""

    argv: tuple[str, ...]
    env: dict[str, str]


def ministack_command(settings: Settings) -> Command:
    """Return the command of the emulator that runs the fleet.

    It runs in the environment that `UV_PROJECT_ENVIRONMENT=<home>/emulator-venv uv sync --frozen
    --only-group emulator` has made. Its state is written on SIGTERM.
    """
    state = settings.ministack_state
    env = _base_environment(settings) | {
        # Every address that ministack hands out (queue, function, API) leads through the gateway.
        "AWS_ENDPOINT_URL": settings.gateway_url,
        "GATEWAY_PORT": str(settings.port),
        "MINISTACK_HOST": "localhost",
        "MINISTACK_ACCOUNT_ID": settings.account_id,
        "MINISTACK_REGION": settings.region,
        "OPSPLANE_EMULATOR_PORT": str(settings.ministack_port),
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "S3_PERSIST": "1",
        # Unpacked functions go here; in the system's own folder they would pile up.
        "TMPDIR": str(settings.home / "run" / "tmp"),
        "STATE_DIR": str(state / "services"),
        "S3_DATA_DIR": str(state / "s3"),
        "DOCKER_HOST": "unix:///var/empty/no-docker.sock",
        "LAMBDA_WARM_TTL_SECONDS": "1800",
    }
    return Command((str(settings.emulator_python), "-u", str(MINISTACK_SERVER)), env)


def moto_command(settings: Settings) -> Command:
    """Return the command of the emulator that plays the base (EC2, RDS, ECS and their like)."""
    env = _base_environment(settings) | {
        "AWS_ENDPOINT_URL": settings.gateway_url,
        "MOTO_ACCOUNT_ID": settings.account_id,
        "MOTO_PORT": str(settings.moto_port),
        # A certificate is issued as soon as it is asked for; moto would take a minute.
        "MOTO_ACM_VALIDATION_WAIT": "0",
    }
    arguments = {
        "--port": str(settings.moto_port),
        "--state": str(settings.moto_state),
        "--bus": settings.ministack_url,
        "--region": settings.region,
    }
    flat = tuple(part for pair in arguments.items() for part in pair)
    return Command((sys.executable, "-u", "-m", "opsplane_local.emulators.moto_server", *flat), env)


def gateway_command(settings: Settings) -> Command:
    """Return the command of the one endpoint in front of both emulators."""
    arguments = {
        "--port": str(settings.port),
        "--ministack": settings.ministack_url,
        "--moto": settings.moto_url,
        "--account": settings.account_id,
        "--region": settings.region,
        "--logs": str(settings.log("gateway").parent),
    }
    flat = tuple(part for pair in arguments.items() for part in pair)
    return Command((sys.executable, "-u", "-m", "opsplane_local.gateway", *flat), _base_environment(settings))


def _base_environment(settings: Settings) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return inherited | {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": settings.region,
        "AWS_DEFAULT_REGION": settings.region,
        # A person's ~/.aws must not change what the platform's processes and Lambdas do.
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
