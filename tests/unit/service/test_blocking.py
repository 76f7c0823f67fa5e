"""Calls of the core in threads."""

import threading

import pytest
from app.blocking import in_thread
from opsplane.errors import ServiceUnavailable

pytestmark = pytest.mark.anyio


async def test_the_result_comes_back() -> None:
    """A call's value is the answer."""
    assert await in_thread(lambda: 7) == 7


async def test_nobody_waits_for_ever() -> None:
    """A call that hangs is given up, with what to do next."""
    free = threading.Event()

    with pytest.raises(ServiceUnavailable, match="look at the record"):
        await in_thread(free.wait, 0.01)

    free.set()
