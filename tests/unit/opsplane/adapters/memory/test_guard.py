"""A guard that only remembers."""

import pytest
from opsplane.adapters.memory.guard import MemoryGuard


def test_work_that_came_to_its_end_is_not_done_again() -> None:
    """Another key is other work."""
    done: list[str] = []
    guard = MemoryGuard()

    for key in ("a", "a", "b"):
        guard.once(key, lambda: done.append("x"))

    assert done == ["x", "x"]


def test_work_that_failed_is_done_again() -> None:
    """An error leaves no trace."""
    guard = MemoryGuard()

    with pytest.raises(ZeroDivisionError):
        guard.once("a", lambda: print(1 / 0))  # noqa: T201 - it never prints

    assert guard.done == set()
