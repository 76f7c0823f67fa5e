"""What a machine needs for the platform, and what to do about what is missing."""

import platform as machine
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from opsplane_local.launcher import lock, ports, processes
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.environment import RUN_MARK, find_uv, tools_dir
from opsplane_local.launcher.settings import PORTS, Platform

NEEDED_GIB = 3
TERRAFORM_MINIMUM = (1, 11)
PROVIDER_GLOB = "providers/**/hashicorp/aws"


class Verdict(StrEnum):
    """How a check came out; only `fail` keeps the platform from starting."""

    GOOD = "good"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do when it is not good."""

    name: str
    verdict: Verdict
    found: str
    advice: str = ""


def examine(platform: Platform) -> list[Check]:
    """Look at everything; changes nothing."""
    checks: tuple[Callable[[Platform], Check], ...] = (
        _python,
        _uv,
        _sam,
        _terraform,
        _provider,
        _disk,
        _ports,
        _leftovers,
    )
    return [check(platform) for check in checks]


def _python(_platform: Platform) -> Check:
    good = sys.version_info[:2] == (3, 12)
    advice = "" if good else "Run it with `uv run opsplane`, which takes Python 3.12."
    return Check("Python", Verdict.GOOD if good else Verdict.FAIL, machine.python_version(), advice)


def _uv(platform: Platform) -> Check:
    uv = find_uv(platform.repository)
    if uv is None:
        return Check("uv", Verdict.FAIL, "not found", "Run `make setup`, which fetches it into .uv/.")
    return Check("uv", Verdict.GOOD, f"{_first_line([str(uv), '--version'])}, {uv}")


def _sam(_platform: Platform) -> Check:
    sam = tools_dir() / "sam"
    if not sam.exists():
        return Check("SAM CLI", Verdict.FAIL, f"no {sam}", "Run `make setup`.")
    return Check("SAM CLI", Verdict.GOOD, str(sam))


def _terraform(_platform: Platform) -> Check:
    found = shutil.which("terraform")
    without = (
        "The base is left out without it; everything else works. https://developer.hashicorp.com/terraform/install"
    )
    if found is None:
        return Check("Terraform", Verdict.WARN, "not on PATH", without)
    version = _first_line([found, "version"]).removeprefix("Terraform v")
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if numbers < TERRAFORM_MINIMUM:
        wanted = ".".join(map(str, TERRAFORM_MINIMUM))
        return Check("Terraform", Verdict.WARN, f"{version}, older than {wanted}", without)
    return Check("Terraform", Verdict.GOOD, f"{version}, {found}")


def _provider(platform: Platform) -> Check:
    if any((platform.terraform_dir / "data").glob(PROVIDER_GLOB)):
        return Check("AWS provider", Verdict.GOOD, "installed for this platform")
    advice = "The next `opsplane up` fetches it (about 150 MB), or leaves the base out when it cannot."
    return Check("AWS provider", Verdict.WARN, "not installed yet", advice)


def _disk(platform: Platform) -> Check:
    place = next(folder for folder in (platform.home, *platform.home.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 2**30
    found = f"{free:.0f} GiB free at {place}"
    if free < NEEDED_GIB:
        return Check("Disk", Verdict.FAIL, found, f"Free {NEEDED_GIB} GiB, or put OPSPLANE_HOME elsewhere.")
    return Check("Disk", Verdict.GOOD, found)


def _ports(platform: Platform) -> Check:
    span = f"{platform.port}-{platform.port + len(PORTS) - 1}"
    if lock.is_held(platform.lock_file):
        return Check("Ports", Verdict.GOOD, f"{span}, held by the running platform")
    taken = []
    for part in PORTS:
        port = platform.port_of(part)
        if ports.is_taken(port):
            holder = ports.holder_of(port)
            taken.append(f"{port} ({f'pid {holder.pid}: {holder.command[:60]}' if holder else 'unknown process'})")
    if taken:
        return Check("Ports", Verdict.FAIL, f"in use: {', '.join(taken)}", "Stop that, or use `opsplane up --port N`.")
    return Check("Ports", Verdict.GOOD, f"{span} are free")


def _leftovers(platform: Platform) -> Check:
    last = snapshots.read(platform.snapshot_file)
    if last is None or lock.is_held(platform.lock_file):
        return Check("Leftovers", Verdict.GOOD, "none")
    found = processes.leftovers(last.parts, f"{RUN_MARK}={last.run_id}")
    if not found:
        return Check("Leftovers", Verdict.GOOD, "none")
    names = ", ".join(f"{record.name} (pid {record.pid})" for record in found)
    return Check("Leftovers", Verdict.WARN, names, "`opsplane down` ends them; `opsplane up` does so, too.")


def _first_line(argv: list[str]) -> str:
    try:
        answer = subprocess.run(argv, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603 - a program that was found on PATH
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    return (answer.stdout.splitlines() or ["says nothing"])[0]
