"""Who listens on a port of this machine."""

import socket
from dataclasses import dataclass
from pathlib import Path

from opsplane_local.launcher import identity
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.settings import PORTS, Platform

LISTENING = "0A"  # the state TCP_LISTEN in /proc/net/tcp


@dataclass(frozen=True)
class Holder:
    """A process that listens on a port."""

    pid: int
    command: str


def is_taken(port: int) -> bool:
    """Whether anything on this machine listens on the port at 127.0.0.1."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def holder_of(port: int) -> Holder | None:
    """The process that listens on the port, where /proc lets us see it."""
    inodes = {inode for table in ("tcp", "tcp6") for inode in _listening_inodes(table, port)}
    if not inodes:
        return None
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for folder in identity.PROC.glob("[0-9]*"):
        if any(_target(link) in wanted for link in _descriptors(folder)):
            pid = int(folder.name)
            return Holder(pid=pid, command=identity.command_of(pid))
    return None


def require_free(platform: Platform) -> None:
    """Make sure that the platform's ports can be had.

    Raises:
        LauncherError: naming the first port that is taken and, if it can be found, by whom.
    """
    for part in PORTS:
        port = platform.port_of(part)
        if is_taken(port):
            holder = holder_of(port)
            by = f" by pid {holder.pid} ({holder.command[:120]})" if holder else " by another process"
            message = f"Port {port}, which the {part} needs, is in use{by}."
            raise LauncherError(message, advice="Stop that process, or choose other ports: opsplane up --port N.")


def _listening_inodes(table: str, port: int) -> list[str]:
    try:
        rows = identity.PROC.joinpath("net", table).read_text().splitlines()[1:]
    except OSError:
        return []
    fields = [row.split() for row in rows]
    return [row[9] for row in fields if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port]


def _descriptors(folder: Path) -> list[Path]:
    try:
        return list((folder / "fd").iterdir())
    except OSError:
        return []


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""
