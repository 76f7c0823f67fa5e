"""Runs the contenders in turn, so that the machine's noise hits all alike, and keeps every figure."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO, Any

from bench.aws import Account
from bench.build import PYTHON
from bench.contenders import Contender, lambda_environment

_WORKER = Path(__file__).parent / "worker.py"
_WARM_UP = 3
"""Events of a warm process before its times count."""

type Call = tuple[str, float]
"""The name of an AWS call and its seconds."""


class ContenderFailed(Exception):
    """A contender broke, or did not close the group."""


@dataclass
class Figures:
    """What was seen of one contender: seconds, and KiB."""

    cold: list[float] = field(default_factory=list)
    imports: list[float] = field(default_factory=list)
    cold_peaks: list[int] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    warm_peak: int = 0
    calls: list[Call] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        """The medians, in milliseconds and MiB. The peak is that of the process that had all the warm events."""
        return {
            "cold_ms": 1000 * median(self.cold),
            "import_ms": 1000 * median(self.imports),
            "warm_ms": 1000 * median(self.warm),
            "cold_peak_mib": median(self.cold_peaks) / 1024,
            "peak_mib": max(self.warm_peak, median(self.cold_peaks)) / 1024,
        }


@dataclass(frozen=True)
class Process:
    """A running worker."""

    contender: Contender
    worker: "subprocess.Popen[str]"
    log: Path

    def answer(self, event: dict[str, Any]) -> dict[str, Any]:
        """Hand it an event and wait for its answer."""
        assert self.worker.stdin
        assert self.worker.stdout
        self.worker.stdin.write(json.dumps(event) + "\n")
        self.worker.stdin.flush()
        line = self.worker.stdout.readline()
        if not line:
            message = f"{self.contender.name} broke:\n{self.log.read_text()[-4000:]}"
            raise ContenderFailed(message)
        answer: dict[str, Any] = json.loads(line)
        return answer


def measure(
    contenders: Sequence[Contender], account: Account, rounds: tuple[int, int], tell: Callable[[str], None]
) -> dict[str, Figures]:
    """Cold starts, then warm events, as often as `rounds` says."""
    figures = {each.name: Figures() for each in contenders}
    cold, warm = rounds
    for number in range(cold + 1):
        tell(f"cold start {number} of {cold}" if number else "once for the caches of the disk")
        for each in contenders:
            _start_cold(each, account, figures[each.name] if number else Figures())
    with ExitStack() as stack:
        processes = [stack.enter_context(_process(each, account)) for each in contenders]
        for number in range(warm + _WARM_UP):
            tell(f"warm event {number - _WARM_UP + 1} of {warm}")
            for process in processes:
                answer = _check(process, account)
                seen = figures[process.contender.name]
                seen.warm_peak = answer["peak"]
                if number >= _WARM_UP:
                    seen.warm.append(answer["event"])
    return figures


def count_calls(contenders: Sequence[Contender], account: Account, figures: dict[str, Figures]) -> None:
    """Note the AWS calls of one warm event of each contender."""
    for each in contenders:
        with _process(each, account, "count") as process:
            for _ in range(_WARM_UP):
                figures[each.name].calls = _check(process, account)["calls"]


def _start_cold(contender: Contender, account: Account, seen: Figures) -> None:
    event = _open(account)
    began = time.perf_counter()
    with _process(contender, account) as process:
        answer = process.answer(event)
        seen.cold.append(time.perf_counter() - began)
    seen.imports.append(answer["import"])
    seen.cold_peaks.append(answer["peak"])
    _make_sure(contender, account, event)


def _check(process: Process, account: Account) -> dict[str, Any]:
    event = _open(account)
    answer = process.answer(event)
    _make_sure(process.contender, account, event)
    return answer


def _open(account: Account) -> dict[str, Any]:
    account.forget()
    return account.open_group()


def _make_sure(contender: Contender, account: Account, event: dict[str, Any]) -> None:
    if not account.closed(event):
        message = f"{contender.name} did not take away the open rule, and that alone"
        raise ContenderFailed(message)


@contextmanager
def _process(contender: Contender, account: Account, *flags: str) -> Iterator[Process]:
    log = contender.task.parent / f"{contender.task.name}.log"
    with log.open("w") as heard, _worker(contender, account, heard, flags) as worker:
        try:
            yield Process(contender, worker, log)
        finally:
            worker.kill()


def _worker(contender: Contender, account: Account, heard: IO[str], flags: tuple[str, ...]) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        # Without `site`: what else is installed for this interpreter is no business of a Lambda.
        [PYTHON, "-S", str(_WORKER), contender.handler, *flags],
        cwd=contender.task,
        env=lambda_environment(contender, account),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=heard,
        text=True,
    )
