"""Schedule files as people write them."""

import json
from datetime import date

import pytest
from opsplane.errors import InvalidSchedule
from opsplane.schedules import source
from opsplane.schedules.schedule_file import understand
from opsplane.schedules.timetable import shipped

TEXT = """
version: 1
calendars: { uk: CALENDAR }
schedules:
  office: { periods: [{ days: mon-fri, start: "08:00", end: "20:00" }], holidays: [uk] }
environments: { dev: { schedule: office } }
"""


def test_the_shipped_json_is_what_the_yaml_means() -> None:
    """Otherwise run `make docs`."""
    assert source.SHIPPED.with_suffix(".json").read_text() == source.render(source.shipped())
    assert shipped() == source.shipped()


def test_what_is_rendered_means_the_same() -> None:
    """It is what functions read."""
    found = source.parse(TEXT.replace("CALENDAR", "[2026-12-25]"), "x")

    assert understand(json.loads(source.render(found)), "x") == found


def test_a_calendar_may_be_an_icalendar_file() -> None:
    """Its dates are what is kept."""
    asked = []

    def read(name: str) -> tuple[date, ...]:
        asked.append(name)
        return (date(2026, 12, 25),)

    found = source.parse(TEXT.replace("CALENDAR", "{ ical: uk.ics }"), "x", read)

    assert (asked, found.calendars["uk"]) == (["uk.ics"], (date(2026, 12, 25),))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT.replace("CALENDAR", "{ ical: uk.ics }"), "only in a file that people push"),
        (TEXT.replace("CALENDAR", "{ ics: uk.ics }"), "write a list of dates, or"),
        (TEXT.replace("CALENDAR", "[2026-02-30]"), "is not YAML: day"),
        (TEXT.replace("CALENDAR", "[]").replace('"20:00"', "20:00"), "in quotes"),
        ("a: [", "is not YAML"),
        ("[" * 2000, "is not YAML"),
        ("", "is no schedule file"),
        ("!!python/object/apply:os.system [ls]", "is not YAML"),
    ],
)
def test_a_text_that_means_nothing_is_refused_with_its_name(text: str, message: str) -> None:
    """Whatever is wrong with it."""
    with pytest.raises(InvalidSchedule, match=message):
        source.parse(text, "mine.yaml")


def test_the_schema_names_the_fields() -> None:
    """Editors complete by it."""
    schema = source.schema()

    assert {"version", "schedules", "environments", "calendars", "zone", "tag"} == set(schema["properties"])
