"""State that belongs together."""

import json
from pathlib import Path

import pytest
from opsplane_local.emulators.state import (
    RECEIPT,
    discard_state,
    expected_receipt,
    state_is_complete,
    withdraw_receipt,
)


def leave_receipts(home: Path) -> None:
    """Write what two clean stops leave."""
    for emulator in ("ministack", "moto"):
        folder = home / "state" / emulator
        folder.mkdir(parents=True)
        (folder / RECEIPT).write_text(json.dumps(expected_receipt(emulator)))


def test_two_receipts_make_the_state_complete(tmp_path: Path) -> None:
    """Both emulators stopped cleanly with today's versions."""
    leave_receipts(tmp_path)

    assert state_is_complete(tmp_path)


def test_no_state_is_not_complete(tmp_path: Path) -> None:
    """A first start has nothing to go on from."""
    assert not state_is_complete(tmp_path)


@pytest.mark.parametrize("emulator", ["ministack", "moto"])
def test_one_missing_receipt_makes_all_of_it_incomplete(tmp_path: Path, emulator: str) -> None:
    """An emulator that runs or was killed has no receipt."""
    leave_receipts(tmp_path)

    withdraw_receipt(tmp_path / "state" / emulator)

    assert not state_is_complete(tmp_path)


@pytest.mark.parametrize("text", ['{"version": "0.1"}', "broken", "[]"])
def test_receipt_of_another_version_does_not_count(tmp_path: Path, text: str) -> None:
    """What another version wrote is not read."""
    leave_receipts(tmp_path)

    (tmp_path / "state" / "moto" / RECEIPT).write_text(text)

    assert not state_is_complete(tmp_path)


def test_state_is_discarded_as_a_whole(tmp_path: Path) -> None:
    """Both parts go, and so does what else was kept with them; a second time does no harm."""
    leave_receipts(tmp_path)
    (tmp_path / "run").mkdir()

    discard_state(tmp_path)
    discard_state(tmp_path)

    assert not (tmp_path / "state").exists()
    assert (tmp_path / "run").exists()
