"""Reading the logs of a run, the end of it or as it grows."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

POLL_SECONDS = 0.3


@dataclass
class LogFile:
    """One log and how far it has been read."""

    part: str
    file: Path
    _offset: int = 0
    _rest: bytes = field(default=b"")

    def last(self, count: int) -> list[str]:
        """The last `count` lines; reading goes on after them."""
        try:
            data = self.file.read_bytes()
        except FileNotFoundError:
            return []
        self._offset = len(data)
        return data.decode(errors="replace").splitlines()[-count:] if count else []

    def fresh(self) -> list[str]:
        """The whole lines that have come since; from the beginning when the file has been begun anew."""
        try:
            size = self.file.stat().st_size
        except FileNotFoundError:
            return []
        if size < self._offset:
            self._offset, self._rest = 0, b""
        with self.file.open("rb") as handle:
            handle.seek(self._offset)
            data = handle.read()
        self._offset += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [line.decode(errors="replace") for line in lines]


def available(folder: Path) -> list[str]:
    """The parts and tasks that have a log."""
    return sorted(file.stem for file in folder.glob("*.log"))


def follow(logs: Sequence[LogFile], *, wait: Callable[[float], None] = time.sleep) -> Iterator[tuple[str, str]]:
    """The part and the text of each new line, for ever."""
    while True:
        for log in logs:
            for line in log.fresh():
                yield log.part, line
        wait(POLL_SECONDS)
