"""The console on loopback, and a browser in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium
from loopback import Console, running_console


@pytest.fixture
def console() -> Iterator[Console]:
    """A console of this test's own."""
    with running_console() as running:
        yield running


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chromium]:
    """A headless Chromium; a test fails where there is none."""
    with Chromium(tmp_path / "profile") as found:
        yield found
