"""Ports that are taken are named, with who has them."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from opsplane_local.launcher.errors import LauncherError
from opsplane_local.launcher.ports import holder_of, is_taken, require_free
from opsplane_local.launcher.settings import Platform

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that this process listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_that_somebody_listens_on_is_taken(taken: int) -> None:
    """And it is not any more when they have gone."""
    assert is_taken(taken)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert not is_taken(free)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_the_holder_of_a_port_is_found(taken: int) -> None:
    """By pid and command line."""
    holder = holder_of(taken)

    assert holder is not None
    assert holder.pid == os.getpid()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
def test_a_platform_says_which_port_is_taken_by_whom(taken: int, platform: Platform) -> None:
    """The message names the part, the port and the process."""
    crowded = Platform(repository=platform.repository, home=platform.home, port=taken)

    with pytest.raises(LauncherError, match=rf"Port {taken}, which the gateway needs, is in use by pid {os.getpid()}"):
        require_free(crowded)
