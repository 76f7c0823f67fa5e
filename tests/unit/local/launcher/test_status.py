"""How a platform stands, whoever asks and whatever happened to its launcher."""

import os

from opsplane_local.launcher import identity, lock, status
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import PartRecord, Problem, State, StepStatus
from rich.console import Console


def part(name: str, *, alive: bool) -> PartRecord:
    """A part: this very process, or one that never was."""
    start = identity.start_of(os.getpid()) if alive else None
    return PartRecord(
        name=name, pid=os.getpid(), start=start or "other:1", command=(), address="http://x", began_at=940.0
    )


def text_of(facts: dict[str, object]) -> str:
    """The table as text."""
    console = Console(width=100)
    with console.capture() as capture:
        console.print(status.table(facts))
    return capture.get()


def test_a_platform_that_never_ran_is_stopped(platform: Platform) -> None:
    """And the table says how to start it."""
    facts = status.report(platform)

    assert facts["state"] == "stopped"
    assert "opsplane up" in text_of(facts)


def test_a_running_platform_lists_its_parts(platform: Platform, board: Board) -> None:
    """In the order of their ports, tasks that run after them, each part once."""
    for record in (part("moto", alive=True), part("gateway", alive=True), part("terraform", alive=True)):
        board.add_part(record)
    board.add_part(part("build", alive=False))
    board.mark(State.READY)

    with lock.held(platform.lock_file):
        facts = status.report(platform, now=lambda: 1000.0)

    assert facts["state"] == "ready"
    assert [(entry["part"], entry["uptime_seconds"]) for entry in facts["parts"]] == [
        ("gateway", 60),
        ("moto", 60),
        ("terraform", 60),
    ]
    assert "1 min 00 s" in text_of(facts)


def test_a_killed_launcher_leaves_a_lost_platform(platform: Platform, board: Board) -> None:
    """Until what it left has ended, too."""
    board.add_part(part("moto", alive=True))
    board.mark(State.READY)

    assert status.report(platform)["state"] == "lost"
    assert "opsplane down" in text_of(status.report(platform))


def test_a_killed_launcher_whose_parts_are_gone_is_stopped(platform: Platform, board: Board) -> None:
    """Nothing is left to clear."""
    board.add_part(part("moto", alive=False))
    board.mark(State.READY)

    assert status.report(platform)["state"] == "stopped"


def test_what_went_wrong_is_shown(platform: Platform, board: Board) -> None:
    """The problem, and each step that was not done, with why."""
    board.add_part(part("moto", alive=False))
    board.add_step("base", "Base: terraform apply", background=True)
    board.end("base", StepStatus.FAILED, "Error: no")
    board.mark(State.FAILED, Problem(message="sink ended with exit code 1."))

    text = text_of(status.report(platform))

    assert "Base: terraform apply: failed Error: no" in text
    assert "sink ended with exit code 1." in text
