"""People see what is done and what is being done; files get lines with times."""

import io
from pathlib import Path

import pytest
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.progress import LiveProgress, PlainProgress, progress_for
from opsplane_local.launcher.snapshot import Problem, State, StepStatus
from rich.console import Console


def plain_console() -> Console:
    """A console that is no terminal."""
    return Console(file=io.StringIO(), width=100)


def printed(console: Console) -> str:
    """What it has printed."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_plain_lines_have_times_and_come_once(board: Board) -> None:
    """However often the snapshot is shown."""
    console = plain_console()
    progress = PlainProgress(console)
    board.add_step("build", "Fleet: sam build")
    board.begin("build")
    progress.show(board.snapshot)
    board.end("build", StepStatus.DONE, "built in 3 s")

    for _ in range(3):
        progress.show(board.snapshot)

    assert printed(console).splitlines() == [
        "  10.0 s begun    Fleet: sam build",
        "  10.0 s done     Fleet: sam build (0.0 s): built in 3 s",
    ]


def test_text_from_outside_is_no_markup(board: Board) -> None:
    """A detail with brackets is shown as it is."""
    console = plain_console()
    progress = PlainProgress(console)
    board.add_step("base", "Base", background=True)

    board.end("base", StepStatus.FAILED, "[bold]module.x[0][/]")
    progress.show(board.snapshot)
    progress.tell("[red]a line")

    assert "[bold]module.x[0][/]" in printed(console)
    assert "[red]a line" in printed(console)


@pytest.mark.parametrize("live", [True, False])
def test_ready_prints_where_everything_is(board: Board, live: bool) -> None:  # noqa: FBT001
    """With the time after which an event can be handled, and how to stop."""
    console = Console(file=io.StringIO(), width=100, force_terminal=live, color_system=None)
    with LiveProgress(console) if live else PlainProgress(console, stays=False) as progress:
        board.first_event_possible()
        board.mark(State.READY)
        progress.show(board.snapshot)

    text = printed(console)
    assert "http://127.0.0.1:16901" in text
    assert "first event can be handled after 10.0 s" in text
    assert ("Ctrl-C" if live else "opsplane down") in text


def test_a_failure_prints_its_log_and_what_to_do(board: Board) -> None:
    """And that the platform is not up."""
    console = plain_console()

    board.mark(State.FAILED, Problem(message="no deploy", advice="try again", lines=("AccessDenied",)))
    PlainProgress(console).show(board.snapshot)

    for text in ("opsplane is not up", "no deploy", "AccessDenied", "try again"):
        assert text in printed(console)


def test_what_is_being_done_moves_and_leaves_no_trace(board: Board) -> None:
    """A terminal shows a running step with its time and how far it is; the line that stays says how it ended."""
    console = Console(file=io.StringIO(), width=100, force_terminal=True, color_system=None)
    board.add_step("base", "Base: terraform apply", background=True)
    board.begin("base")
    board.note("base", "3 of 74 resources")
    with LiveProgress(console, now=lambda: 1015.0) as progress:
        progress.show(board.snapshot)
        progress._live.refresh()  # noqa: SLF001 - what its thread does ten times a second
        board.end("base", StepStatus.DONE, "74 added")
        progress.show(board.snapshot)

    assert "5.0 s  3 of 74 resources" in printed(console)
    assert "74 added" in printed(console)


def test_the_display_suits_the_console(tmp_path: Path) -> None:
    """No escape codes in a file."""
    with (tmp_path / "out").open("w") as file:
        assert isinstance(progress_for(Console(file=file), stays=True), PlainProgress)
    assert isinstance(progress_for(Console(force_terminal=True), stays=True), LiveProgress)
