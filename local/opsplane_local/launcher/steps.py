"""The steps of a start: a small graph of functions, each run in a thread as soon as what it needs is done."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from opsplane_local.launcher.board import Board
from opsplane_local.launcher.errors import Cancelled, LauncherError, StepSkipped
from opsplane_local.launcher.snapshot import Problem, StepStatus


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Args:
        name: Short, unique.
        title: What people read.
        work: Does it and returns a few words on the result; raises `StepSkipped` to leave it out.
        after: Names of the steps that must be done before.
        background: True where the platform is ready without it and survives its failure.
    """

    name: str
    title: str
    work: Callable[[], str]
    after: tuple[str, ...] = ()
    background: bool = False


class StepRun:
    """Works through steps. `advance` is called over and over by one thread and never blocks."""

    def __init__(self, steps: Sequence[Step], board: Board) -> None:
        self._board = board
        self._pending = {step.name: step for step in steps}
        self._running: dict[str, tuple[Step, Future[str]]] = {}
        self._status: dict[str, StepStatus] = {}
        self._pool = ThreadPoolExecutor(max_workers=max(len(steps), 1), thread_name_prefix="step")
        self.problem: Problem | None = None
        for step in steps:
            board.add_step(step.name, step.title, background=step.background)

    @property
    def foreground_is_done(self) -> bool:
        """Whether only background steps are left."""
        left = [*self._pending.values(), *(step for step, _ in self._running.values())]
        return all(step.background for step in left)

    @property
    def is_over(self) -> bool:
        """Whether no step is left."""
        return not self._pending and not self._running

    def is_done(self, name: str) -> bool:
        """Whether the step has been done, or had nothing to do."""
        return self._status.get(name) in {StepStatus.DONE, StepStatus.SKIPPED}

    def advance(self) -> None:
        """Note what has ended and start what can be started."""
        for name, (step, future) in list(self._running.items()):
            if future.done():
                del self._running[name]
                self._settle(step, future)
        for step in list(self._pending.values()):
            states = [self._status.get(name) for name in step.after]
            if any(state in {StepStatus.FAILED, StepStatus.SKIPPED} for state in states):
                del self._pending[step.name]
                self._finish(step, StepStatus.SKIPPED, "")
            elif all(state is StepStatus.DONE for state in states):
                del self._pending[step.name]
                self._board.begin(step.name)
                self._running[step.name] = (step, self._pool.submit(step.work))

    def close(self) -> None:
        """Wait for the threads; the processes that they wait for must have been stopped before."""
        self._pending.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for step, future in self._running.values():
            self._settle(step, future)
        self._running.clear()

    def _settle(self, step: Step, future: Future[str]) -> None:
        error = future.exception()
        if error is None:
            self._finish(step, StepStatus.DONE, future.result())
        elif isinstance(error, StepSkipped | Cancelled):
            self._finish(step, StepStatus.SKIPPED, "given up" if isinstance(error, Cancelled) else error.message)
        else:
            problem = problem_of(error)
            self._finish(step, StepStatus.FAILED, problem.message)
            if not step.background:
                self.problem = self.problem or problem

    def _finish(self, step: Step, status: StepStatus, detail: str) -> None:
        self._status[step.name] = status
        self._board.end(step.name, status, detail)


def problem_of(error: BaseException) -> Problem:
    """What to tell people about an error; one that nobody foresaw is named with its type."""
    if isinstance(error, LauncherError):
        return Problem(message=error.message, advice=error.advice, lines=error.lines)
    return Problem(message=f"{type(error).__name__}: {error}")
