"""A schedule file that is ready to be asked."""

from datetime import date

import pytest
from opsplane.errors import InvalidSettings
from opsplane.schedules.schedule_file import understand
from opsplane.schedules.timetable import shipped, timetable

OFFICE = {"periods": [{"days": "mon-fri", "start": "08:00", "end": "20:00"}], "holidays": ["uk"]}


def test_a_schedule_takes_the_zone_that_is_nearest() -> None:
    """Its own, that of the file, that of the deployment."""
    own = {**OFFICE, "zone": "Asia/Tokyo"}
    document = {"version": 1, "calendars": {"uk": []}, "schedules": {"a": own, "b": OFFICE}, "environments": {}}

    found = timetable(understand(document, "x"), "Europe/Berlin").timelines
    zoned = timetable(understand({**document, "zone": "UTC"}, "x"), "Europe/Berlin").timelines

    assert (found["a"].zone, found["b"].zone) == ("Asia/Tokyo", "Europe/Berlin")
    assert zoned["b"].zone == "UTC"


def test_the_dates_of_a_schedules_calendars_are_its_holidays() -> None:
    """Those of others are not."""
    calendars = {"uk": ["2026-12-25"], "us": ["2026-11-26"]}
    document = {"version": 1, "calendars": calendars, "schedules": {"a": OFFICE}, "environments": {}}

    assert timetable(understand(document, "x"), "UTC").timelines["a"].holidays == {date(2026, 12, 25)}


@pytest.mark.requirement("CMP-16", "CMP-17", "PHA-65", "PHA-66")
def test_dev_sleeps_as_shipped_and_the_others_never_do() -> None:
    """Monday to Friday, 08:00 to 20:00."""
    book = timetable(shipped(), "America/New_York")

    assert {name: book.timeline_of(name).name for name in book.environments} == {
        "dev": "office-hours",
        "staging": "always-on",
        "prod": "always-on",
    }


def test_a_deployments_zone_that_does_not_exist_says_which_variable() -> None:
    """The message is read in a log."""
    with pytest.raises(InvalidSettings, match="OPSPLANE_SCHEDULE_TIMEZONE: 'Nowhere' is no time zone"):
        timetable(shipped(), "Nowhere")
