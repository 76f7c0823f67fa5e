"""Our decision: each schedule is asked once, then every workload meets its answer."""

import time
from dataclasses import replace
from typing import Final

from opsplane.schedules.decide import Line, Verb, Wishes, decide
from opsplane.schedules.sleep import Sleep
from opsplane.schedules.timeline import Timeline, Wish
from opsplane.schedules.wanted import wanted
from opsplane.schedules.workload import Running, Workload

from bench.schedules.workloads import AT, phase, sleeps, timelines, workloads

_MOVING: Final = 100
"""Every hundredth workload is not as it should be."""


def prepared() -> tuple[list[Workload], dict[str, Sleep], set[str]]:
    """Workloads as they are at the instant, what is on record, and which schedules want sleep."""
    book = timelines()
    asleep = {name for name, each in book.items() if each.wish(AT)[0] is Wish.STOPPED}
    every = workloads(list(book))
    records = sleeps(every, frozenset(asleep))
    seen = [
        replace(each, running=Running.STOPPED) if each.key in records and number % _MOVING else each
        for number, each in enumerate(every)
    ]
    return seen, records, asleep


def cpu_ms(runs: int) -> tuple[list[float], int]:
    """CPU milliseconds of each run, with nothing worked out before it, and how many moves one finds."""
    every, records, _ = prepared()
    times, moves = [], 0
    for _ in range(runs):
        book = timelines()
        began = time.process_time()
        moves = decided(book, every, records)
        times.append(1000 * (time.process_time() - began))
    return times, moves


def decided(book: dict[str, Timeline], every: list[Workload], records: dict[str, Sleep]) -> int:
    """How many workloads have to be stopped or started."""
    lines = {name: Line(phase(wanted(each, (), AT).state, name), each.schedule) for name, each in book.items()}
    found = decide(every, Wishes(lines, next(iter(lines))), records, AT)
    return sum(move.verb is not Verb.LEAVE for move in found)
