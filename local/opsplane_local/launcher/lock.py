"""One launcher for each platform: a lock that the kernel drops when its holder dies, however it dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opsplane_local.launcher.errors import AlreadyRunning

ATTEMPTS = 4
PAUSE_SECONDS = 0.1


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the platform's lock.

    Raises:
        AlreadyRunning: when another process holds it. A passing look by `is_held` is waited for.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as handle:
        for attempt in range(ATTEMPTS):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if attempt + 1 == ATTEMPTS:
                    message = f"Another launcher holds {file}."
                    raise AlreadyRunning(message) from None
                time.sleep(PAUSE_SECONDS)
        yield


def is_held(file: Path) -> bool:
    """Whether a launcher is alive behind this lock file."""
    if not file.exists():
        return False
    with file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
