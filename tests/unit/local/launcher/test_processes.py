"""Processes are started so that they can be found and ended."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from opsplane_local.launcher import processes
from opsplane_local.launcher.errors import StepFailed
from opsplane_local.launcher.snapshot import PartRecord

type MakeCommand = Callable[..., processes.Command]


def test_output_goes_to_the_log(tmp_path: Path, shell: MakeCommand) -> None:
    """Both streams, after what is there already."""
    log = tmp_path / "logs" / "x.log"
    for word in ("one", "two"):
        processes.spawn("x", shell(f"echo {word}; echo {word} >&2"), log).popen.wait()

    assert log.read_text() == "one\none\ntwo\ntwo\n"


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Not a traceback."""
    command = processes.Command(argv=("/no/such/program",), env={}, cwd=tmp_path)

    with pytest.raises(StepFailed, match="/no/such/program: No such file or directory"):
        processes.spawn("x", command, tmp_path / "x.log")


def test_how_a_process_ended_is_said_with_its_last_lines(tmp_path: Path, shell: MakeCommand) -> None:
    """Exit code or signal, and the end of the log without blank lines."""
    failed = processes.spawn("x", shell("echo first; echo; echo last; exit 3"), tmp_path / "x.log")
    failed.popen.wait()
    killed = processes.spawn("y", shell("kill -9 $$"), tmp_path / "y.log")
    killed.popen.wait()

    assert processes.ended_badly(failed).message == "x ended with exit code 3."
    assert processes.ended_badly(failed).lines == ("first", "last")
    assert processes.ended_badly(killed).message == "y was ended by SIGKILL."


def test_offspring_ends_with_its_group(tmp_path: Path, shell: MakeCommand) -> None:
    """A child that ignores SIGTERM cannot outlive its leader."""
    child = processes.spawn("x", shell("trap '' TERM; sleep 60 & echo $!; wait"), tmp_path / "x.log")
    while not processes.last_lines(child.log):
        time.sleep(0.01)
    offspring = int(processes.last_lines(child.log)[0])

    child.kill_group()

    deadline = time.monotonic() + 5
    while processes.identity.start_of(offspring) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert processes.identity.start_of(offspring) is None


def test_a_stranger_with_the_same_pid_is_left_alone(tmp_path: Path, shell: MakeCommand) -> None:
    """Only pid and start together say that it is ours."""
    child = processes.spawn("x", shell("sleep 60"), tmp_path / "x.log")
    stranger = child.record.model_copy(update={"start": "another boot:1"})
    try:
        assert processes.leftovers([stranger], "NO=such mark") == []

        processes.end([stranger], limit=0.1)

        assert child.is_alive
    finally:
        child.kill_group()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_leftovers_are_found_by_record_and_by_mark_and_ended(tmp_path: Path, shell: MakeCommand) -> None:
    """What was recorded, and what it has started in sessions of its own."""
    mark = {"OPSPLANE_RUN": "test-of-leftovers"}
    recorded = processes.spawn("recorded", shell("sleep 60"), tmp_path / "a.log")
    unrecorded = processes.spawn("unrecorded", shell("sleep 60", mark), tmp_path / "b.log")

    found = processes.leftovers([recorded.record], "OPSPLANE_RUN=test-of-leftovers")
    processes.end(found, limit=5, wait=lambda seconds: (recorded.is_alive, unrecorded.is_alive, time.sleep(seconds)))

    assert {record.pid for record in found} >= {recorded.record.pid, unrecorded.record.pid}
    assert recorded.popen.wait() == -signal.SIGTERM
    assert not unrecorded.is_alive
    unrecorded.kill_group()


def test_a_record_without_a_start_is_never_alive() -> None:
    """It cannot be proved to be ours."""
    assert not processes.is_alive(PartRecord(name="x", pid=1, start="", command=(), began_at=0))
