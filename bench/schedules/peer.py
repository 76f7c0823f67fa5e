"""Custodian's filters, in a process of its own environment."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.build import ROOT
from bench.schedules.workloads import for_custodian

_SCRIPT = ROOT / "bench" / "custodian" / "offhours.py"


class PeerFailed(Exception):
    """Custodian broke; what it said is on the error output."""


class Custodian:
    """Takes its turns in another process, which has made the resources already."""

    def __init__(self, worker: "subprocess.Popen[str]") -> None:
        self._worker = worker
        self._say(json.dumps(for_custodian()))

    def turn(self) -> dict[str, Any]:
        """CPU milliseconds with no tag parsed before, and again with the same filters; how many resources matched."""
        self._say("")
        assert self._worker.stdout
        line = self._worker.stdout.readline()
        if not line:
            raise PeerFailed
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _say(self, line: str) -> None:
        assert self._worker.stdin
        self._worker.stdin.write(line + "\n")
        self._worker.stdin.flush()


@contextmanager
def custodian(folder: Path) -> Iterator[Custodian]:
    """One that runs, from the artefacts that `bench.build` left in `folder`."""
    python = str(folder / "environment" / "bin" / "python")
    with subprocess.Popen(  # noqa: S603 - our own script
        [python, str(_SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:
        try:
            yield Custodian(worker)
        finally:
            worker.kill()
