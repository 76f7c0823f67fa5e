"""The launcher's main loop: brings the platform up, watches it, takes it down."""

import os
import signal
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from opsplane_local.launcher import identity, lock, processes
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.children import Children
from opsplane_local.launcher.environment import RUN_MARK
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.ports import require_free
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import Problem, Snapshot, State
from opsplane_local.launcher.start import FIRST_EVENT_NEEDS, steps_of
from opsplane_local.launcher.state import prepare_state
from opsplane_local.launcher.steps import Step, StepRun, problem_of

TICK_SECONDS = 0.1
LEFTOVER_LIMIT_SECONDS = 15.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Show = Callable[[Snapshot], None]
MakeSteps = Callable[[Platform, Children, Board], Sequence[Step]]


def new_run_id() -> str:
    """An id for a run; its processes carry it."""
    return uuid.uuid4().hex


def run(
    platform: Platform, show: Show, tell: Callable[[str], None], run_id: str, make_steps: MakeSteps = steps_of
) -> int:
    """Bring the platform up and stay until it is told to stop or fails. Returns the exit code.

    Raises:
        AlreadyRunning: when another launcher has this platform.
        LauncherError: when it cannot be started at all; nothing is left behind.
    """
    began_at = time.time()
    with lock.held(platform.lock_file):
        for line in clear_leftovers(platform):
            tell(line)
        require_free(platform)
        _turn_over_logs(platform, run_id)
        tell(f"{platform.home}: {prepare_state(platform)}")
        board = Board(_first_snapshot(platform, run_id, began_at), platform.snapshot_file)
        children = Children(board, platform.log_of, f"{RUN_MARK}={run_id}")
        problem = _supervise(platform, children, board, show, make_steps)
        if children.killed:
            tell(f"Did not stop in time and was killed: {', '.join(children.killed)}; the next start may begin anew")
        return 1 if problem else 0


def clear_leftovers(platform: Platform) -> list[str]:
    """End what an earlier launcher of this platform left behind, and say what that was. Call it under the lock."""
    last = snapshots.read(platform.snapshot_file)
    if last is None:
        return []
    found = processes.leftovers(last.parts, f"{RUN_MARK}={last.run_id}")
    if not found:
        return []
    processes.end(found, LEFTOVER_LIMIT_SECONDS)
    names = ", ".join(f"{record.name} (pid {record.pid})" for record in found)
    return [f"Cleared what the last launcher left behind: {names}"]


def _supervise(
    platform: Platform, children: Children, board: Board, show: Show, make_steps: MakeSteps
) -> Problem | None:
    steps: StepRun | None = None
    with _interrupts() as interrupts:
        show = _lasting(show, interrupts)
        try:
            steps = StepRun(make_steps(platform, children, board), board)
            problem = _watch(steps, children, board, show, interrupts)
        except LauncherError as error:
            problem = problem_of(error)
        finally:
            board.mark(State.STOPPING)
            _stop(children, board, show, interrupts)
            if steps:
                steps.close()
        board.mark(State.FAILED if problem else State.STOPPED, problem)
        show(board.snapshot)
        return problem


def _watch(steps: StepRun, children: Children, board: Board, show: Show, interrupts: "Interrupts") -> Problem | None:
    while not interrupts.count:
        steps.advance()
        if dead := children.first_dead_part():
            return problem_of(processes.ended_badly(dead))
        if steps.problem:
            return steps.problem
        if board.snapshot.first_event_after is None and all(map(steps.is_done, FIRST_EVENT_NEEDS)):
            board.first_event_possible()
        if board.snapshot.state is State.STARTING and steps.foreground_is_done:
            board.mark(State.READY)
        show(board.snapshot)
        time.sleep(TICK_SECONDS)
    return None


def _stop(children: Children, board: Board, show: Show, interrupts: "Interrupts") -> None:
    already = interrupts.count

    def keep_waiting() -> bool:
        show(board.snapshot)
        return interrupts.count == already

    children.stop_all(keep_waiting)


class Interrupts:
    """How often we were told to stop. A plain count: a lock taken in a signal handler can wait for itself."""

    count = 0


@contextmanager
def _interrupts() -> Iterator[Interrupts]:
    """Count the signals that mean stop: the first one stops in order, the next one at once."""
    interrupts = Interrupts()

    def on_signal(_number: int, _frame: object) -> None:
        interrupts.count += 1

    before = {number: signal.signal(number, on_signal) for number in STOP_SIGNALS}
    try:
        yield interrupts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _lasting(show: Show, interrupts: "Interrupts") -> Show:
    """Show until nobody can look any more; then stop, in order and without a word."""
    watched = True

    def show_if_watched(snapshot: Snapshot) -> None:
        nonlocal watched
        if watched:
            try:
                show(snapshot)
            except (OSError, SystemExit):  # rich ends the process when its pipe is closed
                watched = False
                interrupts.count += 1

    return show_if_watched


def launcher_log(platform: Platform, run_id: str) -> Path:
    """Where a launcher in the background writes until it has the lock, and with it `launcher.log`."""
    return platform.run_dir / f"launcher-{run_id}.log"


def _turn_over_logs(platform: Platform, run_id: str) -> None:
    """Begin new logs and keep those of the run before as `<part>.log.1`."""
    platform.logs_dir.mkdir(parents=True, exist_ok=True)
    for log in platform.logs_dir.glob("*.log"):
        log.replace(log.with_suffix(".log.1"))
    own = launcher_log(platform, run_id)
    if own.exists():
        own.replace(platform.log_of("launcher"))


def _first_snapshot(platform: Platform, run_id: str, began_at: float) -> Snapshot:
    pid = os.getpid()
    return Snapshot(
        run_id=run_id,
        pid=pid,
        start=identity.start_of(pid) or "",
        port=platform.port,
        repository=str(platform.repository),
        began_at=began_at,
    )
