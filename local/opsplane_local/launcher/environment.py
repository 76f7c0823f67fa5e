"""The environment that local children get: the emulator's keys, never those of the person at the laptop."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from opsplane_local.launcher.settings import ENVIRONMENT, REGION, Platform

RUN_MARK = "OPSPLANE_RUN"
DROPPED_PREFIXES = ("AWS_", "TF_VAR_", "TF_CLI_ARGS", "SAM_CLI_", "BOTO_")
DROPPED_NAMES = frozenset(
    {
        "LAMBDA_PLATFORM",
        "PYTHONHOME",
        "PYTHONPATH",
        "PYTHONSTARTUP",
        "TF_DATA_DIR",
        "TF_LOG",
        "TF_WORKSPACE",
        "VIRTUAL_ENV",
    }
)
LOOPBACK = ("127.0.0.1", "localhost")


def talking_to(endpoint: str) -> dict[str, str]:
    """The variables with which any AWS client talks to the local platform and to nothing else."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "OPSPLANE_ENVIRONMENT": ENVIRONMENT,
    }


def without_proxy_for_loopback(environment: Mapping[str, str]) -> dict[str, str]:
    """`NO_PROXY` (both spellings) with loopback in it, or nothing where no proxy is set.

    A proxy would be asked for 127.0.0.1 otherwise, and look for the platform on its own machine.
    """
    if not any(name.lower() in {"http_proxy", "https_proxy", "all_proxy"} for name in environment):
        return {}
    known = environment.get("no_proxy") or environment.get("NO_PROXY") or ""
    hosts = [host.strip() for host in known.split(",") if host.strip()]
    joined = ",".join([*hosts, *(host for host in LOOPBACK if host not in hosts)])
    return {"NO_PROXY": joined, "no_proxy": joined}


def child_environment(platform: Platform, run_id: str, inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a child of the launcher inherits, with profiles, keys and endpoints replaced.

    The run's id is a mark by which the next launcher recognises what this one may leave behind.
    """
    kept = {
        name: value
        for name, value in inherited.items()
        if not name.startswith(DROPPED_PREFIXES) and name not in DROPPED_NAMES
    }
    return {
        **kept,
        **without_proxy_for_loopback(kept),
        **talking_to(platform.url_of("gateway")),
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "OPSPLANE_HOME": str(platform.home),
        "PATH": os.pathsep.join([str(tools_dir()), kept.get("PATH", os.defpath)]),
        "PYTHONUNBUFFERED": "1",
        RUN_MARK: run_id,
    }


def tools_dir() -> Path:
    """Where the interpreter that runs us keeps its commands (sam, uvicorn, pip)."""
    return Path(sys.prefix) / "bin"


def find_uv(repository: Path, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The uv that started us, or one on PATH, or the one that `make setup` fetched; None where there is none."""
    named = environment.get("UV")
    if named and Path(named).is_file():
        return Path(named)
    if found := shutil.which("uv", path=environment.get("PATH")):
        return Path(found)
    fetched = repository / ".uv" / "bin" / "uv"
    return fetched if fetched.is_file() else None
