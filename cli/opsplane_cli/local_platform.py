"""Finding the platform that runs on this laptop, when nothing points elsewhere."""

import importlib.util
import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_CHOSEN_ELSEWHERE = (
    "AWS_ENDPOINT_URL",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
"""Variables with which a person or a pipeline says where to go; then we do not interfere."""


def adopt(environ: MutableMapping[str, str], folder: Path) -> str | None:
    """Point this process at the running local platform, unless something points elsewhere; its address, or None.

    `environ` is changed. A checkout without `opsplane_local`, or a platform whose launcher is gone, is none.
    """
    if any(environ.get(name) for name in _CHOSEN_ELSEWHERE):
        return None
    endpoint = running_endpoint(environ, folder)
    if endpoint is None:
        return None
    # A profile's region or endpoint must not leak into the emulated account.
    environ.update(
        AWS_ENDPOINT_URL=endpoint,
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_REGION="us-east-1",
        AWS_DEFAULT_REGION="us-east-1",
    )
    return endpoint


def is_local(environ: Mapping[str, str]) -> bool:
    """Whether AWS calls of this process stay on this machine."""
    return urlsplit(environ.get("AWS_ENDPOINT_URL", "")).hostname in _LOOPBACK


def furnish(environ: MutableMapping[str, str]) -> None:
    """Give a process that talks to a loopback endpoint what it lacks: the emulator's keys, a region, and no proxy."""
    if not (environ.get("AWS_PROFILE") or environ.get("AWS_ACCESS_KEY_ID")):
        environ.update(AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test")  # noqa: S106 - the emulator's well-known key
    if not (environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION")):
        environ["AWS_DEFAULT_REGION"] = "us-east-1"
    known = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    hosts = [host.strip() for host in known.split(",") if host.strip()]
    environ["NO_PROXY"] = environ["no_proxy"] = ",".join(dict.fromkeys([*hosts, *sorted(_LOOPBACK)]))


def running_endpoint(environ: Mapping[str, str], folder: Path) -> str | None:
    """The address of the platform that runs for `folder` or one above it (or for OPSPLANE_HOME), or None."""
    if importlib.util.find_spec("opsplane_local") is None:
        return None
    from opsplane_local.launcher import identity, snapshot  # noqa: PLC0415 - a laptop has it, a deployment does not

    for file in _candidates(environ, folder):
        found = snapshot.read(file)
        alive = found and found.state in {snapshot.State.STARTING, snapshot.State.READY}
        if found and alive and identity.is_same(found.pid, found.start):
            return f"http://127.0.0.1:{found.port}"
    return None


def _candidates(environ: Mapping[str, str], folder: Path) -> list[Path]:
    named = environ.get("OPSPLANE_HOME", "").strip()
    if named:
        return [Path(named).expanduser() / "run" / "platform.json"]
    return [place / ".opsplane" / "run" / "platform.json" for place in (folder, *folder.parents)]
