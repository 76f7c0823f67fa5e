"""Steps are done as soon as they can be, and what cannot be done is said."""

import threading
import time

import pytest
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.errors import Cancelled, StepFailed, StepSkipped
from opsplane_local.launcher.snapshot import StepStatus
from opsplane_local.launcher.steps import Step, StepRun


def finish(run: StepRun) -> None:
    """Advance until no step is left."""
    deadline = time.monotonic() + 5
    while not run.is_over:
        assert time.monotonic() < deadline, "the steps do not come to an end"
        run.advance()
        time.sleep(0.001)


def raising(error: Exception) -> str:
    """Raise, in an expression."""
    raise error


def statuses(board: Board) -> dict[str, StepStatus]:
    """How each step stands."""
    return {step.name: step.status for step in board.snapshot.steps}


def test_a_step_waits_for_what_it_needs(board: Board) -> None:
    """Whatever order they are written in."""
    order: list[str] = []

    def work(name: str) -> str:
        order.append(name)
        return ""

    finish(
        StepRun(
            [
                Step("deploy", "", lambda: work("deploy"), after=("build", "gateway")),
                Step("build", "", lambda: work("build")),
                Step("gateway", "", lambda: work("gateway"), after=("build",)),
            ],
            board,
        )
    )

    assert order == ["build", "gateway", "deploy"]


def test_steps_without_needs_run_beside_each_other(board: Board) -> None:
    """Each waits for the other, so one after the other would never end."""
    meeting = threading.Barrier(2, timeout=5)

    def work() -> str:
        meeting.wait()
        return "met"

    finish(StepRun([Step("a", "", work), Step("b", "", work)], board))

    assert set(statuses(board).values()) == {StepStatus.DONE}


def test_a_failed_step_is_the_problem_and_what_needs_it_is_left_out(board: Board) -> None:
    """With its message, its advice and its log."""
    failure = StepFailed("no build", advice="mend it", lines=("line",))
    run = StepRun(
        [Step("build", "", lambda: raising(failure)), Step("deploy", "", lambda: "", after=("build",))], board
    )

    finish(run)

    assert run.problem is not None
    assert (run.problem.message, run.problem.advice, run.problem.lines) == ("no build", "mend it", ("line",))
    assert statuses(board) == {"build": StepStatus.FAILED, "deploy": StepStatus.SKIPPED}


def test_a_failed_background_step_is_no_problem(board: Board) -> None:
    """It is said, and the platform stays."""
    run = StepRun([Step("base", "", lambda: raising(StepFailed("no base")), background=True)], board)

    assert run.foreground_is_done
    finish(run)

    assert run.problem is None
    assert board.snapshot.steps[0].detail == "no base"


def test_an_error_that_nobody_foresaw_is_named(board: Board) -> None:
    """With its type, not with a traceback."""
    run = StepRun([Step("build", "", lambda: raising(ValueError("odd")))], board)

    finish(run)

    assert run.problem is not None
    assert run.problem.message == "ValueError: odd"


@pytest.mark.parametrize(
    ("error", "detail"), [(StepSkipped("no terraform"), "no terraform"), (Cancelled(), "given up")]
)
def test_a_step_that_is_left_out_says_why(board: Board, error: Exception, detail: str) -> None:
    """Skipped and given up are no failures."""
    run = StepRun([Step("base", "", lambda: raising(error))], board)

    finish(run)

    assert run.problem is None
    assert (board.snapshot.steps[0].status, board.snapshot.steps[0].detail) == (StepStatus.SKIPPED, detail)
    assert run.is_done("base")


def test_closing_begins_nothing_new(board: Board) -> None:
    """Running steps are waited for, the others never begin."""
    run = StepRun([Step("a", "", lambda: "a"), Step("b", "", lambda: "b", after=("a",))], board)
    run.advance()

    run.close()

    assert statuses(board) == {"a": StepStatus.DONE, "b": StepStatus.PENDING}
