"""What happens is written down at once, for everybody."""

from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import PartRecord, Problem, State, StepStatus


def test_each_change_is_in_the_file(board: Board, platform: Platform) -> None:
    """Other commands read it there."""
    board.add_step("build", "Build")
    board.begin("build")
    board.note("build", "half way")
    board.end("build", StepStatus.DONE, "built")

    read = snapshots.read(platform.snapshot_file)

    assert read == board.snapshot
    [step] = board.snapshot.steps
    assert (step.status, step.detail, step.began_at, step.ended_at) == (StepStatus.DONE, "built", 1010.0, 1010.0)


def test_the_first_problem_is_kept(board: Board) -> None:
    """What fails after it fails because of it."""
    board.mark(State.STOPPING, Problem(message="first"))
    board.mark(State.FAILED, Problem(message="second"))

    assert board.snapshot.problem == Problem(message="first")


def test_times_count_from_the_beginning(board: Board) -> None:
    """In seconds."""
    board.first_event_possible()
    board.mark(State.READY)

    assert (board.snapshot.first_event_after, board.snapshot.ready_after) == (10.0, 10.0)


def test_a_part_that_ended_stays_on_record(board: Board) -> None:
    """With when it ended."""
    board.add_part(PartRecord(name="sink", pid=7, start="s", command=("x",), began_at=1.0))

    board.end_part(7)

    assert [part.ended_at for part in board.snapshot.parts] == [1010.0]
