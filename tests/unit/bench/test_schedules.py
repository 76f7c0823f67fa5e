"""The bench of schedule decisions measures what it says."""

from collections.abc import Callable
from typing import Any

COUNT = 10_000


def test_ten_thousand_workloads_on_36_schedules_are_decided(load: Callable[[str], Any]) -> None:
    """Some are to be moved, most are as they should be."""
    ours, made = load("bench.schedules.ours"), load("bench.schedules.workloads")
    every, records, asleep = ours.prepared()
    book = made.timelines()

    assert (len(every), len(book), len(made.offhours_tags())) == (COUNT, 36, 36)
    assert 0 < len(asleep) < 36
    assert 1000 < len(records) < COUNT
    assert 0 < ours.decided(book, every, records) < 500


def test_nothing_is_worked_out_before_a_run(load: Callable[[str], Any]) -> None:
    """Fresh timelines each time, as in a cold function; and every run decides the same."""
    ours, made = load("bench.schedules.ours"), load("bench.schedules.workloads")
    times, moves = ours.cpu_ms(2)

    assert len(times) == 2
    assert moves == ours.decided(made.timelines(), *ours.prepared()[:2])
