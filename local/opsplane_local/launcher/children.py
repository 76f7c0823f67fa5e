"""The processes of one run: parts that stay, tasks that end, and the order in which all of them are stopped."""

import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from opsplane_local.launcher.board import Board
from opsplane_local.launcher.errors import Cancelled, StepFailed
from opsplane_local.launcher.processes import (
    POLL_SECONDS,
    Child,
    Command,
    end,
    ended_badly,
    last_lines,
    leftovers,
    spawn,
)

# What talks to AWS first, while there is one; the emulators last, and then they save their state.
STOP_ORDER = (
    ("terraform", "environment", "build", "deploy"),
    ("service", "sink"),
    ("gateway",),
    ("ministack", "moto"),
)
LIMIT_SECONDS = 20.0
READY_POLL_SECONDS = 0.1
READY_LIMIT_SECONDS = 60.0


class TaskRunner(Protocol):
    """Something that runs a program to its end."""

    def run(self, name: str, command: Command, *, on_line: Callable[[str], None] | None = None) -> None:
        """Run a task; see `Children.run`."""


class Children:
    """Starts, watches and stops the processes of a run. Safe to call from the threads of the steps."""

    def __init__(self, board: Board, log_of: Callable[[str], Path], mark: str) -> None:
        self._board = board
        self._log_of = log_of
        self._mark = mark
        self._alive: dict[int, Child] = {}
        self._parts: dict[str, Child] = {}
        self._guard = threading.Lock()
        self.killed: list[str] = []
        self.stopping = threading.Event()

    def run(self, name: str, command: Command, *, on_line: Callable[[str], None] | None = None) -> None:
        """Run a task to its end. Its output goes to its log, and each new line to `on_line`.

        Raises:
            StepFailed: when it ends with another exit code than 0.
            Cancelled: when the platform is being stopped meanwhile.
        """
        log = self._log_of(name)
        offset = log.stat().st_size if log.exists() else 0
        child = self._start(name, command)
        reader = _LineReader(log, offset)
        while child.is_alive:
            time.sleep(POLL_SECONDS)
            if on_line:
                reader.feed(on_line)
        if on_line:
            reader.feed(on_line)
        self._forget(child)
        if self.stopping.is_set():
            raise Cancelled
        if child.popen.returncode != 0:
            raise ended_badly(child)

    def start(self, name: str, command: Command, address: str, ready: Callable[[int], bool]) -> None:
        """Start a part that stays, and wait until `ready(pid)`.

        Raises:
            StepFailed: when it ends, or is not ready in time.
            Cancelled: when the platform is being stopped meanwhile.
        """
        child = self._start(name, command, address)
        deadline = time.monotonic() + READY_LIMIT_SECONDS
        while not ready(child.record.pid):
            if self.stopping.is_set():
                raise Cancelled
            if not child.is_alive:
                raise ended_badly(child)
            if time.monotonic() > deadline:
                message = f"{name} does not answer at {address} after {READY_LIMIT_SECONDS:.0f} s."
                raise StepFailed(message, lines=last_lines(child.log), advice=f"The whole log: {child.log}")
            time.sleep(READY_POLL_SECONDS)
        with self._guard:
            self._parts[name] = child

    def first_dead_part(self) -> Child | None:
        """A part that was ready and has ended since, if there is one."""
        with self._guard:
            parts = list(self._parts.values())
        return next((child for child in parts if not child.is_alive), None)

    def stop_all(self, keep_waiting: Callable[[], bool]) -> list[str]:
        """Stop everything in its order, and leave no process behind. Returns what had to be killed; `killed` keeps it.

        Args:
            keep_waiting: Asked all the while; once it says no, what is left is killed.
        """
        self.stopping.set()
        killed: list[str] = []
        for names in STOP_ORDER:
            killed += self._stop([child for child in self._living() if child.name in names], keep_waiting)
        killed += self._stop(self._living(), keep_waiting)
        end(leftovers([], self._mark), limit=2.0)
        self.killed = killed
        return killed

    def _stop(self, children: list[Child], keep_waiting: Callable[[], bool]) -> list[str]:
        for child in children:
            # Terraform gives up what it waits for and writes its state on SIGINT.
            child.send(signal.SIGINT if child.name == "terraform" else signal.SIGTERM)
        deadline = time.monotonic() + LIMIT_SECONDS
        while time.monotonic() < deadline and keep_waiting():
            if not any(child.is_alive for child in children):
                break
            time.sleep(POLL_SECONDS)
        killed = [child.name for child in children if child.is_alive]
        for child in children:
            child.kill_group()
            self._forget(child)
        return killed

    def _start(self, name: str, command: Command, address: str = "") -> Child:
        with self._guard:
            if self.stopping.is_set():
                raise Cancelled
            child = spawn(name, command, self._log_of(name), address=address)
            self._alive[child.record.pid] = child
        self._board.add_part(child.record)
        return child

    def _living(self) -> list[Child]:
        with self._guard:
            return list(self._alive.values())

    def _forget(self, child: Child) -> None:
        with self._guard:
            self._alive.pop(child.record.pid, None)
        self._board.end_part(child.record.pid)


class _LineReader:
    """Hands on the lines that a growing file has got since the last look."""

    def __init__(self, file: Path, offset: int) -> None:
        self._file = file
        self._offset = offset
        self._rest = b""

    def feed(self, on_line: Callable[[str], None]) -> None:
        with self._file.open("rb") as handle:
            handle.seek(self._offset)
            fresh = handle.read()
        self._offset += len(fresh)
        *lines, self._rest = (self._rest + fresh).split(b"\n")
        for line in lines:
            on_line(line.decode(errors="replace"))
