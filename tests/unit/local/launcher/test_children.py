"""Tasks run to their end, parts stay, and all of them stop in order."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.children import Children
from opsplane_local.launcher.errors import Cancelled, StepFailed
from opsplane_local.launcher.processes import Command, last_lines
from opsplane_local.launcher.settings import Platform

pytestmark = pytest.mark.integration

type MakeCommand = Callable[..., Command]


@pytest.fixture
def children(board: Board, platform: Platform) -> Iterator[Children]:
    """The processes of a run; none is left after the test."""
    children = Children(board, platform.log_of, "OPSPLANE_RUN=test-of-children")
    yield children
    children.stop_all(lambda: False)


def test_a_task_hands_on_its_lines_as_they_come(children: Children, shell: MakeCommand) -> None:
    """Those of an earlier task in the same log are not read again."""
    lines: list[str] = []
    children.run("deploy", shell("echo before"))

    children.run("deploy", shell("echo one; echo two"), on_line=lines.append)

    assert lines == ["one", "two"]


def test_a_task_that_fails_says_so_with_its_log(children: Children, shell: MakeCommand) -> None:
    """The step can tell people what happened."""
    with pytest.raises(StepFailed) as caught:
        children.run("deploy", shell("echo AccessDenied; exit 2"))

    assert caught.value.message == "deploy ended with exit code 2."
    assert caught.value.lines == ("AccessDenied",)


def test_a_part_that_ends_before_it_is_ready_fails(children: Children, shell: MakeCommand) -> None:
    """Nobody waits for the limit."""
    with pytest.raises(StepFailed, match="sink ended with exit code 1"):
        children.start("sink", shell("exit 1"), "http://x", lambda _pid: False)


def test_a_part_that_dies_later_is_noticed(children: Children, shell: MakeCommand, platform: Platform) -> None:
    """Once it has been ready."""
    children.start("sink", shell("sleep 0.1"), "http://x", lambda _pid: True)

    deadline = time.monotonic() + 5
    while children.first_dead_part() is None and time.monotonic() < deadline:
        time.sleep(0.01)

    dead = children.first_dead_part()
    assert dead is not None
    assert dead.name == "sink"
    assert dead.log == platform.log_of("sink")


def test_parts_stop_in_order(children: Children, shell: MakeCommand, platform: Platform) -> None:
    """The service before the gateway, the gateway before the emulators."""
    diary = platform.home / "diary"
    for name in ("ministack", "gateway", "service"):
        line = f"trap 'echo {name} >>{diary}; exit 0' TERM; echo up; while :; do sleep 0.02; done"
        children.start(name, shell(line), "", lambda _pid, name=name: bool(last_lines(platform.log_of(name))))

    killed = children.stop_all(lambda: True)

    assert killed == []
    assert diary.read_text().split() == ["service", "gateway", "ministack"]


def test_what_does_not_stop_is_killed_when_nobody_wants_to_wait(
    children: Children, shell: MakeCommand, platform: Platform, board: Board
) -> None:
    """And it is on record as ended."""
    line = "trap '' TERM; echo up; while :; do sleep 0.02; done"
    children.start("sink", shell(line), "", lambda _pid: bool(last_lines(platform.log_of("sink"))))

    killed = children.stop_all(lambda: False)

    assert killed == ["sink"]
    assert all(part.ended_at for part in board.snapshot.parts)


def test_nothing_starts_while_stopping(children: Children, shell: MakeCommand) -> None:
    """A step that comes late gives up."""
    children.stop_all(lambda: True)

    with pytest.raises(Cancelled):
        children.run("deploy", shell("echo late"))


def test_a_task_is_given_up_when_the_platform_stops(children: Children, shell: MakeCommand) -> None:
    """It is not reported as failed."""
    outcome: list[BaseException] = []

    def work() -> None:
        try:
            children.run("terraform", shell("exec sleep 60"))
        except Cancelled as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.1)
    children.stop_all(lambda: True)
    thread.join(5)

    assert len(outcome) == 1
