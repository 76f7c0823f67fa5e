"""The bench is a tool of the repository and no installed package."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Loads one of its modules."""
    monkeypatch.syspath_prepend(str(ROOT))
    yield importlib.import_module
    for name in [name for name in sys.modules if name.split(".")[0] == "bench"]:
        del sys.modules[name]
