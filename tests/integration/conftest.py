"""Everything here talks to AWS, emulated in process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from inprocess import Account, account


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies beside this file, so that its sockets are open."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("integration")


@pytest.fixture
def aws() -> Iterator[Account]:
    """An empty account."""
    with account() as opened:
        yield opened
