"""Content decides whether something is done again."""

from pathlib import Path

from opsplane_local.launcher.sources import content_hash, is_marked, leave_mark


def test_the_hash_follows_names_and_contents(tmp_path: Path) -> None:
    """A change, a new file and a renamed file each give another one."""
    folder = tmp_path / "functions"
    folder.mkdir()
    (folder / "a.py").write_text("1")
    hashes = [content_hash(tmp_path, ["functions"])]
    (folder / "a.py").write_text("2")
    hashes.append(content_hash(tmp_path, ["functions"]))
    (folder / "b.py").write_text("")
    hashes.append(content_hash(tmp_path, ["functions"]))
    (folder / "b.py").rename(folder / "c.py")
    hashes.append(content_hash(tmp_path, ["functions"]))
    hashes.append(content_hash(tmp_path, ["functions"], ["sam 2"]))

    assert len(set(hashes)) == 5


def test_what_tools_leave_behind_does_not_count(tmp_path: Path) -> None:
    """Byte code, caches, and inputs that are not there."""
    (tmp_path / "a.py").write_text("1")
    before = content_hash(tmp_path, ["."])
    for name in ("__pycache__/a.pyc", ".terraform/x", "b.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    assert content_hash(tmp_path, ["."]) == before
    assert content_hash(tmp_path, [".", "missing"]) == before


def test_a_mark_is_for_one_value(tmp_path: Path) -> None:
    """A missing or broken mark is none."""
    marker = tmp_path / "deep" / "mark"

    assert not is_marked(marker, "x")
    leave_mark(marker, "x")
    assert is_marked(marker, "x")
    assert not is_marked(marker, "y")
    marker.write_text("{")
    assert not is_marked(marker, "x")
