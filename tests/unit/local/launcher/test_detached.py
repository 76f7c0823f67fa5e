"""A platform in the background is followed and stopped from outside."""

import signal
import threading

import pytest
from opsplane_local.launcher import detached, lock
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.board import Board
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import Snapshot, State

pytestmark = pytest.mark.integration


def test_a_start_is_followed_until_it_is_ready(platform: Platform, board: Board) -> None:
    """Every state on the way is shown."""
    seen: list[State] = []

    def show(snapshot: Snapshot) -> None:
        seen.append(snapshot.state)
        board.mark(State.READY)

    with lock.held(platform.lock_file):
        snapshot = detached.follow(platform, show)

    assert snapshot is not None
    assert seen == [State.STARTING, State.READY]


def test_a_launcher_that_died_is_not_waited_for(platform: Platform, board: Board) -> None:
    """Its last word is that it was starting."""
    assert board.snapshot.state is State.STARTING
    assert detached.follow(platform, lambda _snapshot: None) is None


def test_stopping_nothing_says_so(platform: Platform) -> None:
    """And tells nothing."""
    told: list[str] = []

    assert not detached.stop(platform, told.append)
    assert told == []


def test_a_launcher_is_told_to_stop_and_waited_for(platform: Platform, board: Board) -> None:
    """It is this process here, which lets go of the lock when it hears the signal."""
    held, heard = threading.Event(), threading.Event()

    def hold() -> None:
        with lock.held(platform.lock_file):
            held.set()
            heard.wait(5)

    before = signal.signal(signal.SIGTERM, lambda _number, _frame: heard.set())
    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(5)
    board.mark(State.READY)
    told: list[str] = []
    try:
        assert detached.stop(platform, told.append)
    finally:
        heard.set()
        holder.join()
        signal.signal(signal.SIGTERM, before)

    assert told[0].startswith("Stopping the platform (launcher pid")


def test_a_stranger_is_not_told_to_stop(platform: Platform, first_snapshot: Snapshot) -> None:
    """The pid on record belongs to somebody else by now."""
    snapshots.write(first_snapshot.model_copy(update={"start": "another boot:1"}), platform.snapshot_file)

    with lock.held(platform.lock_file), pytest.raises(LauncherError, match="is not it"):
        detached.stop(platform, lambda _line: None)


@pytest.mark.enable_socket
def test_a_launcher_that_gives_up_at_once_is_heard(platform: Platform) -> None:
    """A port that does not fit is its last line, without a traceback."""
    crowded = Platform(repository=platform.repository, home=platform.home, port=99999)

    with pytest.raises(LauncherError, match="Port 99999 does not fit"):
        detached.start_in_background(crowded)

    assert list(platform.run_dir.glob("launcher-*.log")) == []
