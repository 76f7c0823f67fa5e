"""What the bench makes of its figures. How fast anything is on this machine is no test's business."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def bench(load: Callable[[str], Any]) -> Any:
    """The module of the table."""
    return load("bench.report")


def figures(bench: Any, **ours: float) -> dict[str, Any]:
    """Everybody takes a second and a MiB, but for what is said of ours."""
    seen: dict[str, Any] = {
        name: bench.Figures(cold=[1.0], imports=[0.1], cold_peaks=[1024], warm=[1.0], warm_peak=1024)
        for name in (bench.OURS, bench.PEER, bench.RECORDING_PEER)
    }
    mine = seen[bench.OURS]
    mine.cold, mine.warm = [ours.get("cold", 0.5)], [ours.get("warm", 1.0)]
    return seen


def test_what_is_within_its_target_is_not_missed(bench: Any) -> None:
    """A target may be met exactly."""
    assert bench.missed(figures(bench, cold=0.7)) == []


def test_what_is_past_its_target_is_missed(bench: Any) -> None:
    """And the ratio says by how much."""
    seen = figures(bench, cold=0.8, warm=2.0)

    assert bench.missed(seen) == ["cold", "warm"]
    assert bench.ratios(seen) == {"cold": 0.8, "warm": 2.0, "memory": 1.0}


def test_the_document_has_every_figure(bench: Any) -> None:
    """For whoever draws a curve of it."""
    told = bench.document(figures(bench, cold=0.8))

    assert told["contenders"]["opsplane"]["cold_all_ms"] == [800.0]
    assert told["missed"] == ["cold"]
