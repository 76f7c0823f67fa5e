"""One launcher for each platform."""

from pathlib import Path

import pytest
from opsplane_local.launcher import lock
from opsplane_local.launcher.errors import AlreadyRunning


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    """The second one is told so; afterwards it is free again."""
    file = tmp_path / "run" / "lock"

    with lock.held(file):
        assert lock.is_held(file)
        with pytest.raises(AlreadyRunning), lock.held(file):
            pass

    assert not lock.is_held(file)
    with lock.held(file):
        pass


def test_a_lock_that_was_never_taken_is_not_held(tmp_path: Path) -> None:
    """And looking does not make a file."""
    assert not lock.is_held(tmp_path / "lock")
    assert list(tmp_path.iterdir()) == []
