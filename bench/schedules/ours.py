"""Our decision: each schedule is asked once, then every workload meets its answer."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from opsplane.schedules.clock import instant
from opsplane.schedules.decide import Line, Move, Wishes, decide
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.timeline import Timeline
from opsplane.schedules.wanted import wanted
from opsplane.schedules.workload import Workload

from bench.schedules.workloads import AT, phase, prepared, timelines


class Ours:
    """Takes its turns on workloads that are made before, as what AWS answers is."""

    def __init__(self) -> None:
        self.workloads, self.sleeps = prepared()

    def turn(self) -> dict[str, Any]:
        """CPU milliseconds with nothing worked out before, and again with the same timelines; how many moves."""
        book = timelines()
        instant.cache_clear()
        cold, _ = _timed(book, self.workloads, self.sleeps)
        prebuilt, found = _timed(book, self.workloads, self.sleeps)
        return {"cold": cold, "prebuilt": prebuilt, "found": len(found)}


def decided(book: Mapping[str, Timeline], workloads: Sequence[Workload], sleeps: Mapping[str, Sleep]) -> list[Move]:
    """What is to be done."""
    lines = {name: Line(phase(wanted(each, (), AT).state, name), each.schedule) for name, each in book.items()}
    return decide(workloads, Wishes(lines, next(iter(lines))), sleeps, AT)


def _timed(
    book: Mapping[str, Timeline], workloads: Sequence[Workload], sleeps: Mapping[str, Sleep]
) -> tuple[float, list[Move]]:
    began = time.process_time()
    found = decided(book, workloads, sleeps)
    return 1000 * (time.process_time() - began), found
