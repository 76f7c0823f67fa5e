"""The folder that functions are unpacked into: empty at the start, cleared at the stop, and in nobody's way.

Each cold function is a copy of its layers, some thousand files; after a busy run deleting them takes longer than a stop
may.
"""

import shutil
import threading
import time
from pathlib import Path

ASIDE = "aside"


def prepare(folder: Path) -> threading.Thread:
    """Have an empty `folder`; what former runs have left in it is moved aside and deleted beside the work.

    Returns:
        The thread that deletes; nobody has to wait for it.
    """
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}.{ASIDE}.{time.time_ns()}"))
    folder.mkdir(parents=True)
    left = list(folder.parent.glob(f"{folder.name}.{ASIDE}.*"))
    thread = threading.Thread(target=lambda: [shutil.rmtree(each, ignore_errors=True) for each in left], daemon=True)
    thread.start()
    return thread


def clear(folder: Path, seconds: float) -> None:
    """Delete what is in `folder`, for that long; the next start deletes the rest."""
    deadline = time.monotonic() + seconds
    for each in folder.iterdir():
        if time.monotonic() > deadline:
            return
        shutil.rmtree(each, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
