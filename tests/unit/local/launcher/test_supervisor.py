"""A run from its first step to its last process, with small steps."""

import os
import signal
import threading
import time
from collections.abc import Callable, Sequence

import pytest
from opsplane_local.launcher import lock, processes, supervisor
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.children import Children
from opsplane_local.launcher.errors import AlreadyRunning, StepFailed
from opsplane_local.launcher.processes import Command
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import Snapshot, State
from opsplane_local.launcher.steps import Step

pytestmark = pytest.mark.enable_socket

type MakeCommand = Callable[..., Command]
SLEEPS = "echo up; exec sleep 60"


class Watcher:
    """Sees every snapshot, and does something once the run is in a state."""

    def __init__(self, state: State | None = None, then: Callable[[Snapshot], None] = lambda _snapshot: None) -> None:
        self.states: list[State] = []
        self._state = state
        self._then = then

    def show(self, snapshot: Snapshot) -> None:
        """Look."""
        if not self.states or self.states[-1] is not snapshot.state:
            self.states.append(snapshot.state)
            if snapshot.state is self._state:
                self._then(snapshot)


def interrupt(_snapshot: Snapshot) -> None:
    """Press Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


def with_a_part(shell: MakeCommand, line: str = SLEEPS) -> supervisor.MakeSteps:
    """Steps that start one part."""

    def make(_platform: Platform, children: Children, _board: Board) -> Sequence[Step]:
        def start() -> str:
            children.start("sink", shell(line, {"OPSPLANE_RUN": "run-1"}), "http://x", lambda _pid: True)
            return "http://x"

        return [Step("sink", "Sink", start), Step("deploy", "", lambda: ""), Step("secret", "", lambda: "")]

    return make


def told(_line: str) -> None:
    """Not shown."""


def run(platform: Platform, watcher: Watcher, steps: supervisor.MakeSteps) -> int:
    """Run a platform here."""
    return supervisor.run(platform, watcher.show, told, "run-1", steps)


def last_snapshot(platform: Platform) -> Snapshot:
    """The account that is left of the run."""
    snapshot = snapshots.read(platform.snapshot_file)
    assert snapshot is not None
    return snapshot


def test_an_interrupt_stops_in_order_and_leaves_nothing(platform: Platform, shell: MakeCommand) -> None:
    """Exit code 0, no process, no lock."""
    watcher = Watcher(State.READY, interrupt)

    code = run(platform, watcher, with_a_part(shell))

    assert code == 0
    assert watcher.states == [State.STARTING, State.READY, State.STOPPING, State.STOPPED]
    snapshot = last_snapshot(platform)
    assert snapshot.first_event_after is not None
    assert not any(processes.is_alive(part) for part in snapshot.parts)
    assert not lock.is_held(platform.lock_file)


def test_a_part_that_dies_brings_the_platform_down_with_its_log(platform: Platform, shell: MakeCommand) -> None:
    """Exit code 1 and the reason in the account."""
    code = run(platform, Watcher(), with_a_part(shell, "echo out of memory; sleep 0.2; exit 9"))

    snapshot = last_snapshot(platform)
    assert code == 1
    assert snapshot.state is State.FAILED
    assert snapshot.problem is not None
    assert (snapshot.problem.message, snapshot.problem.lines) == ("sink ended with exit code 9.", ("out of memory",))


def test_a_failed_step_stops_what_runs_already(platform: Platform, shell: MakeCommand) -> None:
    """Nothing is left half started."""

    def make(_platform: Platform, children: Children, board: Board) -> Sequence[Step]:
        def fail() -> str:
            message = "no deploy"
            raise StepFailed(message)

        return [*with_a_part(shell)(platform, children, board)[:1], Step("deploy", "", fail, after=("sink",))]

    code = run(platform, Watcher(), make)

    snapshot = last_snapshot(platform)
    assert code == 1
    assert snapshot.problem is not None
    assert snapshot.problem.message == "no deploy"
    assert not any(processes.is_alive(part) for part in snapshot.parts)


def test_a_closed_terminal_stops_the_platform_in_order(platform: Platform, shell: MakeCommand) -> None:
    """Not being able to show is no reason to leave processes behind."""

    def show(snapshot: Snapshot) -> None:
        if snapshot.state is not State.STARTING:
            raise BrokenPipeError

    assert supervisor.run(platform, show, told, "run-1", with_a_part(shell)) == 0
    assert last_snapshot(platform).state is State.STOPPED


def test_a_second_launcher_is_told_that_there_is_one(platform: Platform, shell: MakeCommand) -> None:
    """It touches nothing."""
    with lock.held(platform.lock_file), pytest.raises(AlreadyRunning):
        run(platform, Watcher(), with_a_part(shell))

    assert snapshots.read(platform.snapshot_file) is None


def test_leftovers_of_a_killed_launcher_are_cleared(
    platform: Platform, shell: MakeCommand, first_snapshot: Snapshot
) -> None:
    """They are ended and named; the next call finds nothing."""
    child = processes.spawn("moto", shell(SLEEPS), platform.log_of("moto"))
    snapshots.write(first_snapshot.model_copy(update={"parts": (child.record,)}), platform.snapshot_file)
    # Nobody else collects the exit code of our child.
    collector = threading.Thread(target=child.popen.wait)
    collector.start()

    lines = supervisor.clear_leftovers(platform)
    collector.join(5)

    assert lines == [f"Cleared what the last launcher left behind: moto (pid {child.record.pid})"]
    assert supervisor.clear_leftovers(platform) == []


def test_the_logs_of_the_run_before_are_kept(platform: Platform, shell: MakeCommand) -> None:
    """As `.log.1`; the launcher's own log moves to its place."""
    platform.logs_dir.mkdir(parents=True)
    platform.log_of("sink").write_text("before")
    supervisor.launcher_log(platform, "run-1").write_text("ours")

    run(platform, Watcher(State.READY, interrupt), with_a_part(shell))

    assert (platform.logs_dir / "sink.log.1").read_text() == "before"
    assert platform.log_of("sink").read_text() == "up\n"
    assert platform.log_of("launcher").read_text() == "ours"


def test_a_second_interrupt_does_not_wait(platform: Platform, shell: MakeCommand) -> None:
    """A part that does not want to stop is killed."""

    def twice(_snapshot: Snapshot) -> None:
        def press() -> None:
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.5)

        threading.Thread(target=press).start()

    began = time.monotonic()

    code = run(platform, Watcher(State.READY, twice), with_a_part(shell, "trap '' TERM; while :; do sleep 0.1; done"))

    assert code == 0
    assert time.monotonic() - began < 10
