"""A schedule as data."""

from typing import Any

import pytest
from opsplane.schedules.schedule import Day, Period, Schedule, clock_time
from pydantic import ValidationError

WORKING = {"days": "mon-fri", "start": "08:00", "end": "20:00"}


def test_days_are_written_as_people_say_them() -> None:
    """One, a range, a range over the weekend, or a list of both."""
    week = (Day.MON, Day.TUE, Day.WED, Day.THU, Day.FRI)
    over = {Day.FRI, Day.SAT, Day.SUN, Day.MON}

    assert Period.model_validate(WORKING).days == frozenset(week)
    assert Period.model_validate({**WORKING, "days": "fri-mon"}).days == over
    assert Period.model_validate({**WORKING, "days": ["mon-tue", "Sat"]}).days == {Day.MON, Day.TUE, Day.SAT}


def test_a_period_knows_its_length_also_over_midnight() -> None:
    """Minutes on the clock."""
    assert Period.model_validate(WORKING).length == 720
    assert Period.model_validate({**WORKING, "start": "22:00", "end": "06:00"}).length == 480
    assert Period.model_validate({**WORKING, "start": "00:00", "end": "24:00"}).length == 1440


def test_a_period_is_written_as_it_was_read() -> None:
    """Minutes are clock times again."""
    written = Period.model_validate({**WORKING, "start": "8:00", "end": "24:00"}).document()

    assert written == {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "24:00"}
    assert Period.model_validate(written).document() == written
    assert clock_time(1439) == "23:59"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "24:00"}, "cannot start at 24:00"),
        ({"start": "20:00"}, "start and end are both 20:00; a whole day is 00:00 to 24:00"),
        ({"start": "25:00"}, "'25:00' is no time of day"),
        ({"start": "08:60"}, "'08:60' is no time of day"),
        ({"start": "8"}, "'8' is no time of day"),
        ({"end": 1200}, "in quotes: YAML reads 20:00 without them as the number 1200"),
        ({"end": None}, "write a time as"),
        ({"days": "mo-fr"}, "'mo' is no day; the days are mon, tue"),
        ({"days": "mon-fry"}, "'fry' is no day"),
        ({"days": []}, "name days as mon"),
        ({"days": 5}, "name days as mon"),
        ({"days": [""]}, "'' is no day"),
        ({"colour": "red"}, "Extra inputs are not permitted"),
    ],
)
def test_a_period_that_means_nothing_is_refused_with_the_reason(change: dict[str, Any], message: str) -> None:
    """At save, not at night."""
    with pytest.raises(ValidationError, match=message):
        Period.model_validate({**WORKING, **change})


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "it has no periods; write `always: running`"),
        ({"always": "running", "periods": [WORKING]}, "always the same has no periods"),
        ({"always": "running", "only": "stop"}, "always the same has no periods"),
        ({"always": "sometimes"}, "'running' or 'stopped'"),
        ({"periods": [WORKING], "zone": "New York"}, "'New York' is no time zone"),
        ({"periods": [WORKING], "retain_running": True, "out_of_hours": "stop"}, "retain_running leaves running"),
    ],
)
def test_a_schedule_that_contradicts_itself_is_refused_with_the_reason(document: dict[str, Any], message: str) -> None:
    """Each message says what to write instead, or what contradicts what."""
    with pytest.raises(ValidationError, match=message):
        Schedule.model_validate(document)
