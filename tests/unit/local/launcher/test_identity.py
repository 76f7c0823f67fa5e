"""A pid alone says nothing."""

import os
import subprocess
from pathlib import Path

import pytest
from opsplane_local.launcher import identity


def test_a_process_is_the_same_while_it_lives() -> None:
    """And nobody else is."""
    start = identity.start_of(os.getpid())

    assert start is not None
    assert identity.is_same(os.getpid(), start)
    assert not identity.is_same(os.getpid(), "another boot:1")


def test_a_process_that_has_ended_has_no_start() -> None:
    """Also while its parent has not asked for its exit code."""
    process = subprocess.Popen(["true"])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert identity.start_of(process.pid) is None

    process.wait()
    assert identity.start_of(process.pid) is None


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_marked_process_is_found_by_its_mark() -> None:
    """The environment tells whose it is."""
    process = subprocess.Popen(["/bin/sleep", "30"], env={"OPSPLANE_RUN": "test-of-marks"})
    try:
        assert identity.marked_with("OPSPLANE_RUN=test-of-marks") == [process.pid]
        assert identity.command_of(process.pid) == "/bin/sleep 30"
    finally:
        process.kill()
        process.wait()
