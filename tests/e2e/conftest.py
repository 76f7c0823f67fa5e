"""The platform is started once for all end-to-end tests: they use resources of their own."""

from collections.abc import Iterator

import pytest
from laptop import LocalPlatform, free_port

AWAKE = """
version: 1
schedules: { always-on: { always: running } }
environments: { dev: { schedule: always-on }, prod: { schedule: always-on } }
"""
"""Whatever the hour, the sweep leaves alone what the tests make."""


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalPlatform]:
    """A running platform without the base."""
    started = LocalPlatform(tmp_path_factory.mktemp("opsplane"), free_port())
    try:
        started.up("--no-base")
        file = started.home / "awake.yaml"
        file.write_text(AWAKE)
        started.json("schedule", "push", str(file), "--yes", "--reason", "tests run at night, too")
        yield started
    finally:
        started.down()
