"""Unpacked functions are cleared away without keeping anybody waiting."""

from pathlib import Path

from opsplane_local.emulators import scratch


def unpacked(folder: Path, *names: str) -> Path:
    """A folder into which functions have been unpacked."""
    for name in names:
        (folder / name / "layer").mkdir(parents=True)
        (folder / name / "layer" / "module.py").write_text("pass")
    return folder


def test_a_start_finds_an_empty_folder(tmp_path: Path) -> None:
    """What this run and runs before have left goes, and nothing else beside it."""
    folder = unpacked(tmp_path / "tmp", "one", "two")
    unpacked(tmp_path / "tmp.aside.1", "three")
    unpacked(tmp_path / "logs", "four")

    deleting = scratch.prepare(folder)

    assert list(folder.iterdir()) == []
    deleting.join(10)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["logs", "tmp"]


def test_a_first_start_makes_the_folder(tmp_path: Path) -> None:
    """With those above it."""
    scratch.prepare(tmp_path / "run" / "tmp").join(10)

    assert (tmp_path / "run" / "tmp").is_dir()


def test_a_stop_clears_the_folder(tmp_path: Path) -> None:
    """Nothing stays on the disk."""
    folder = unpacked(tmp_path / "tmp", "one", "two")

    scratch.clear(folder, seconds=10)

    assert not folder.exists()


def test_a_stop_does_not_take_longer_than_it_may(tmp_path: Path) -> None:
    """The launcher would kill the emulator; the next start clears the rest."""
    folder = unpacked(tmp_path / "tmp", "one", "two")

    scratch.clear(folder, seconds=-1)

    assert len(list(folder.iterdir())) == 2
