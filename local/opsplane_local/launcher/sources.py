"""Telling by content whether something has to be built, deployed or installed again."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

IGNORED_FOLDERS = frozenset(
    {"__pycache__", ".terraform", ".pytest_cache", ".ruff_cache", ".mypy_cache", "node_modules"}
)


def content_hash(root: Path, inputs: Sequence[str], extra: Sequence[str] = ()) -> str:
    """The SHA-256 of files and folders under `root`, by relative name and content; missing ones count as empty.

    Args:
        root: The folder that names are relative to.
        inputs: Files or folders under it.
        extra: Texts that matter as well, such as a version.
    """
    digest = hashlib.sha256("\0".join(extra).encode())
    for file in _files(root, inputs):
        content = file.read_bytes()
        digest.update(f"\0{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_marked(marker: Path, value: str) -> bool:
    """Whether the marker file was left for exactly this value."""
    try:
        return bool(json.loads(marker.read_text()) == value)
    except (FileNotFoundError, ValueError):
        return False


def leave_mark(marker: Path, value: str) -> None:
    """Remember the value for the next start."""
    marker.parent.mkdir(parents=True, exist_ok=True)
    marker.write_text(json.dumps(value))


def _files(root: Path, inputs: Iterable[str]) -> list[Path]:
    found: set[Path] = set()
    for name in inputs:
        path = root / name
        candidates = path.rglob("*") if path.is_dir() else [path]
        found.update(
            file
            for file in candidates
            if file.is_file() and file.suffix != ".pyc" and not IGNORED_FOLDERS.intersection(file.parts)
        )
    return sorted(found)
