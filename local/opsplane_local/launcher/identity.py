"""Telling one process from another that later gets the same pid."""

import subprocess
from pathlib import Path

PROC = Path("/proc")
START_FIELD = 19  # field 22 of proc_pid_stat(5), counted from the field after the command's name


def start_of(pid: int) -> str | None:
    """When the process with this pid started, as text to compare; None when it is gone or a zombie."""
    if PROC.joinpath("self", "stat").exists():
        return _start_from_proc(pid)
    return _start_from_ps(pid)


def is_same(pid: int, start: str) -> bool:
    """Whether this pid still belongs to the process that started at `start`."""
    return start_of(pid) == start


def _start_from_proc(pid: int) -> str | None:
    try:
        text = PROC.joinpath(str(pid), "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(")")[2].split()
    if fields[0] in {"Z", "X"}:
        return None
    boot = PROC.joinpath("sys", "kernel", "random", "boot_id").read_text().strip()
    return f"{boot}:{fields[START_FIELD]}"


def _start_from_ps(pid: int) -> str | None:
    answer = subprocess.run(  # noqa: S603 - ps, with a number
        ["/bin/ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    state, _, start = answer.stdout.strip().partition(" ")
    return start.strip() if start and not state.startswith("Z") else None


def marked_with(mark: str) -> list[int]:
    """The pids whose environment holds this `NAME=value`; empty where /proc does not show environments."""
    wanted = mark.encode()
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if wanted in environment.split(b"\0"):
            found.append(int(folder.name))
    return found


def command_of(pid: int) -> str:
    """The command line of a process, or an empty text when it cannot be read."""
    try:
        words = PROC.joinpath(str(pid), "cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return " ".join(word.decode(errors="replace") for word in words if word)
