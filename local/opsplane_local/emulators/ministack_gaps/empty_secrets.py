"""Leave a secret without a value without a version: ministack 1.5.33 gives it one that holds nothing.

What fills secrets looks whether there is a current value before it makes the next.
"""

# ruff: noqa: SLF001 - a gap is filled from within: the emulator has no public way in

from importlib import import_module
from typing import Any


def install() -> None:
    """Take the version away again that nobody asked for."""
    manager: Any = import_module("ministack.services.secretsmanager")
    store_with_version = manager._store_new_secret

    def store(name: str, secret_string: Any = None, secret_binary: Any = None, **rest: Any) -> tuple[str, str]:
        made: tuple[str, str] = store_with_version(name, secret_string, secret_binary, **rest)
        if secret_string is None and secret_binary is None:
            manager._secrets[name]["Versions"].clear()
        return made

    manager._store_new_secret = store
