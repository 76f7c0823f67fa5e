"""The account of a run survives being read by others."""

from pathlib import Path

from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.snapshot import Snapshot


def test_a_snapshot_is_read_as_it_was_written(tmp_path: Path, first_snapshot: Snapshot) -> None:
    """No draft is left beside it."""
    file = tmp_path / "run" / "platform.json"

    snapshots.write(first_snapshot, file)

    assert snapshots.read(file) == first_snapshot
    assert list(file.parent.iterdir()) == [file]


def test_what_cannot_be_read_is_no_snapshot(tmp_path: Path) -> None:
    """A missing file, half a file and another version's file."""
    file = tmp_path / "platform.json"

    assert snapshots.read(file) is None
    for text in ("", '{"run_id": "x"', '{"run_id": "x"}'):
        file.write_text(text)
        assert snapshots.read(file) is None
