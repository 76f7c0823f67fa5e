"""Know whether the state of both emulators belongs together, and throw it away when it does not.

Each emulator writes a receipt when it has stopped cleanly and takes it away when it starts. The state as a whole is
usable only when both receipts are there and were written by the versions that are installed now: half a state
(a stack whose security groups are gone) is worse than none.
"""

import json
import shutil
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from opsplane_local.emulators.settings import MINISTACK_VERSION, MOTO_VERSION

STATE_FORMAT = 1
"""Raised when our own way of keeping state changes."""

RECEIPT = "stopped-cleanly.json"


def expected_receipt(emulator: str) -> dict[str, object]:
    """Return the receipt that `emulator` (`ministack` or `moto`) writes with the versions of this checkout."""
    versions = {"ministack": MINISTACK_VERSION, "moto": MOTO_VERSION}
    return {"emulator": emulator, "version": versions[emulator], "format": STATE_FORMAT}


def write_receipt(folder: Path, emulator: str) -> None:
    """Say in `folder` that `emulator` has written all of its state and stopped."""
    receipt = expected_receipt(emulator) | {"version": _installed_version(emulator)}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECEIPT).write_text(json.dumps(receipt))


def withdraw_receipt(folder: Path) -> None:
    """Say in `folder` that the emulator runs again, so that a crash from here on leaves no receipt."""
    (folder / RECEIPT).unlink(missing_ok=True)


def state_is_complete(home: Path) -> bool:
    """Return whether both emulators can go on from what the last clean stop left under `home`."""
    return all(
        _read_receipt(home / "state" / emulator) == expected_receipt(emulator) for emulator in ("ministack", "moto")
    )


def discard_state(home: Path) -> None:
    """Delete everything under `home`/state: a start from nothing is better than one from half a state."""
    shutil.rmtree(home / "state", ignore_errors=True)


def _read_receipt(folder: Path) -> object:
    try:
        return json.loads((folder / RECEIPT).read_text())
    except (OSError, ValueError):
        return None


def _installed_version(emulator: str) -> str:
    try:
        return version(emulator)
    except PackageNotFoundError:
        return "unknown"
