"""The platform is started once for all end-to-end tests: they use resources of their own."""

from collections.abc import Iterator

import pytest
from laptop import LocalPlatform, free_port


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPlatform]:
    """A running platform without the base."""
    started = LocalPlatform(tmp_path_factory.mktemp("opsplane"), free_port())
    try:
        started.up("--no-base")
        yield started
    finally:
        started.down()
