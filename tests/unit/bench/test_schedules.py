"""The bench of schedule decisions measures what it says. How fast anything is on this machine is no test's business."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from opsplane.schedules.clock import instant

COUNT = 10_000


@pytest.fixture
def made(load: Callable[[str], Any]) -> Any:
    """The module of the workloads."""
    return load("bench.schedules.workloads")


@pytest.fixture
def report(load: Callable[[str], Any]) -> Any:
    """The module of the table."""
    return load("bench.schedules.report")


def figures(report: Any, **ours: float) -> dict[str, Any]:
    """Everything takes ten milliseconds, but for what is said of ours."""
    runs = {key: [10.0] for key in report.MEASURES}
    return {
        report.OURS: report.Figures(runs | {key: [value] for key, value in ours.items()}, 104),
        report.PEER: report.Figures(runs, 1000),
    }


def test_36_schedules_of_all_sorts_are_asked(made: Any) -> None:
    """Zones, several periods a day, over midnight, holidays, maintenance; half of them want sleep."""
    book = made.timelines()
    periods = [each.schedule.periods for each in book.values()]

    assert len(book) == 36
    assert len({each.zone for each in book.values()}) == 6
    assert any(len(each) > 1 for each in periods)
    assert any(period.end < period.start for each in periods for period in each)
    assert any(each.schedule.maintenance for each in book.values())
    assert Counter(str(each.wish(made.AT)[0]) for each in book.values()) == {"stopped": 18, "running": 18}
    assert "holiday" in {each.wish(made.AT)[1] for each in book.values()}


def test_ten_thousand_workloads_are_decided(load: Callable[[str], Any], made: Any) -> None:
    """One in a hundred is to be moved, in several ways; half have a record."""
    every, records = made.prepared()
    moves = load("bench.schedules.ours").decided(made.timelines(), every, records)

    assert len({each.key for each in every}) == COUNT
    assert 0.45 * COUNT < len(records) < 0.55 * COUNT
    assert 0.005 * COUNT < len(moves) < 0.015 * COUNT
    assert {move.verb for move in moves} == {"sleep", "wake", "keep", "reached"}


def test_custodian_is_told_the_same_schedules(made: Any) -> None:
    """Each workload has a tag in its words; what keeps holidays is under a policy that skips them."""
    told = made.for_custodian()
    without, with_holidays = told["policies"]

    assert len(without["tags"]) + len(with_holidays["tags"]) == COUNT
    assert len({*without["tags"], *with_holidays["tags"]}) == 36
    assert (without["skip"], with_holidays["skip"]) == ([], ["2026-11-26", "2026-11-27", "2026-12-25"])


def test_custodian_finds_something_to_do_at_the_instant(made: Any) -> None:
    """Its filters match in the hour of an edge only."""
    edges = [each.edges(made.AT - timedelta(hours=1), made.AT) for each in made.timelines().values()]

    assert sum(map(bool, edges)) == 6


def test_nothing_is_worked_out_before_a_cold_turn(load: Callable[[str], Any], made: Any) -> None:
    """Neither by the timelines nor by the clock; each turn finds the same."""
    ours = load("bench.schedules.ours").Ours()
    first = ours.turn()
    asked = instant.cache_info()
    second = ours.turn()

    assert instant.cache_info() == asked
    assert asked.hits + asked.misses < 500
    assert first["found"] == second["found"]
    assert set(first) == {"cold", "prebuilt", "found"}
    assert made.timelines() == made.timelines()


def test_handlers_are_imported_as_lambda_does(load: Callable[[str], Any]) -> None:
    """Each from its own folder, with nothing of the bench on its path."""
    imports = load("bench.schedules.imports")
    ours, theirs = imports.importing(imports.Path("work"))

    assert (ours.handler, ours.task.name) == ("handler.lambda_handler", "scheduler")
    assert ours.environment["POWERTOOLS_SERVICE_NAME"] == "scheduler"
    assert theirs.handler == "custodian_policy.run"


def test_a_target_may_be_met_exactly(report: Any) -> None:
    """Ten milliseconds, and three hundred."""
    assert report.missed(figures(report, cold=10.0, process=300.0)) == []


def test_what_is_past_its_target_is_missed(report: Any) -> None:
    """And the ratio says by how much of theirs."""
    seen = figures(report, cold=10.1, process=301.0)

    assert report.missed(seen) == ["cold", "process"]
    assert report.ratios(seen)["cold"] == pytest.approx(1.01)


def test_the_document_has_every_run(report: Any) -> None:
    """For whoever draws a curve of it."""
    told = report.document(figures(report, cold=20.0))

    assert told["contenders"]["opsplane"]["cold_ms"] == [20.0]
    assert told["contenders"]["custodian"]["found"] == 1000
    assert told["missed"] == ["cold"]


def test_figures_are_made_of_all_turns(report: Any) -> None:
    """One list for each measure."""
    turns = [{"cold": 3.0, "prebuilt": 2.0, "found": 7}, {"cold": 4.0, "prebuilt": 2.5, "found": 7}]
    seen = report.Figures.of(turns, [{"process": 200.0, "import": 180.0}])

    assert seen.runs["cold"] == [3.0, 4.0]
    assert seen.runs["import"] == [180.0]
    assert seen.found == 7
