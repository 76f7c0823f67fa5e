"""A table of instants: gaps, folds, midnight, month ends, holidays, precedence, in many zones.

It was worked out by scanning minutes, with no line of the code that it tests.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from opsplane.schedules.override import Override, OverrideKind
from opsplane.schedules.schedule import Schedule
from opsplane.schedules.timeline import Timeline, in_utc
from opsplane.schedules.wanted import next_edge, wanted

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("instants.json").read_text())


def made(case: dict[str, Any]) -> tuple[Timeline, tuple[Override, ...]]:
    """The timeline and the exceptions of a case; some of those are longer than people may make them."""
    schedule = Schedule.model_validate(case["schedule"])
    calendars = case.get("calendars", {})
    holidays = frozenset(date.fromisoformat(day) for name in schedule.holidays for day in calendars[name])
    overrides = tuple(
        Override.model_construct(
            id=str(number),
            target="dev",
            kind=OverrideKind(each["kind"]),
            start=datetime.fromisoformat(each["start"]),
            end=datetime.fromisoformat(each["end"]),
            by="ada",
            reason="test",
        )
        for number, each in enumerate(case.get("overrides", []))
    )
    return Timeline("own", schedule, schedule.zone or "UTC", holidays), overrides


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_what_is_wanted_and_when_it_changes(case: dict[str, Any]) -> None:
    """State, rule and next edge."""
    timeline, overrides = made(case)
    at = datetime.fromisoformat(case["at"])

    found = wanted(timeline, overrides, at)
    edge = next_edge(timeline, overrides, at)

    assert (found.state, found.rule) == (case["state"], case["rule"])
    assert (in_utc(edge) if edge else None) == case["next"]


def test_the_table_is_as_large_as_the_question() -> None:
    """At least 150 instants in at least five zones, half-hour ones and the south among them."""
    zones = {case["schedule"]["zone"] for case in CASES}

    assert len(CASES) >= 150
    assert {"Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "America/New_York", "Europe/Berlin"} <= zones
