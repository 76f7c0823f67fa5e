"""Starting a process so that it can be stopped with all its offspring, also by a later launcher."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from opsplane_local.launcher import identity
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.snapshot import PartRecord

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Command:
    """What to run: `argv` without a shell, `env` complete, `cwd` absolute."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path


@dataclass(frozen=True)
class Child:
    """A process of ours, the leader of a session of its own, so that Ctrl-C in the terminal reaches only us."""

    record: PartRecord
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def name(self) -> str:
        """The part or task that this process is."""
        return self.record.name

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended yet; collects its exit code when it has."""
        return self.popen.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Signal the process itself and leave its own children to it."""
        self.popen.send_signal(number)

    def kill_group(self) -> None:
        """End what is left of its process group at once, and collect the exit code."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.record.pid, signal.SIGKILL)
        self.popen.wait()


def spawn(name: str, command: Command, log: Path, *, address: str = "") -> Child:
    """Start a process with its output appended to a log file.

    Raises:
        StepFailed: when the program cannot be started.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        try:
            popen = subprocess.Popen(  # noqa: S603 - the commands of the parts, none from outside
                command.argv,
                env=dict(command.env),
                cwd=command.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            message = f"{name} could not be started: {command.argv[0]}: {error.strerror}."
            raise StepFailed(message) from error
    record = PartRecord(
        name=name,
        pid=popen.pid,
        start=identity.start_of(popen.pid) or "",
        command=command.argv,
        address=address,
        began_at=time.time(),
    )
    return Child(record=record, popen=popen, log=log)


def last_lines(log: Path, count: int = 12) -> tuple[str, ...]:
    """The last lines of a log that are not blank; none when there is no such log."""
    try:
        text = log.read_bytes()[-64_000:].decode(errors="replace")
    except FileNotFoundError:
        return ()
    return tuple([line.rstrip() for line in text.splitlines() if line.strip()][-count:])


def ended_badly(child: Child) -> StepFailed:
    """The error for a process that ended when it should not have."""
    code = child.popen.returncode
    how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
    return StepFailed(
        f"{child.name} {how}.",
        lines=last_lines(child.log),
        advice=f"The whole log: {child.log}",
    )


def is_alive(record: PartRecord) -> bool:
    """Whether the recorded process lives: this one, not a stranger that got its pid."""
    return bool(record.start) and identity.is_same(record.pid, record.start)


def leftovers(records: Sequence[PartRecord], mark: str) -> list[PartRecord]:
    """What still runs of an earlier launcher: its recorded processes, and any that carry its run's mark."""
    alive = [record for record in records if is_alive(record)]
    known = {record.pid for record in alive} | {os.getpid()}
    for pid in identity.marked_with(mark):
        start = identity.start_of(pid)
        if pid not in known and start:
            words = tuple(identity.command_of(pid).split())
            name = Path(words[0]).name if words else "process"
            alive.append(PartRecord(name=name, pid=pid, start=start, command=words, began_at=0))
    return alive


def end(records: Sequence[PartRecord], limit: float, wait: Callable[[float], None] = time.sleep) -> None:
    """End recorded processes: SIGTERM, and SIGKILL for those that are still there after `limit` seconds."""
    for record in records:
        _signal(record, signal.SIGTERM)
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline and any(is_alive(record) for record in records):
        wait(POLL_SECONDS)
    for record in records:
        _signal(record, signal.SIGKILL)


def _signal(record: PartRecord, number: signal.Signals) -> None:
    if is_alive(record):
        with suppress(ProcessLookupError):
            os.kill(record.pid, number)
