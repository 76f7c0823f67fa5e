"""Schedule files as people write them: YAML. Functions never read it, see `opsplane.schedules.timetable`."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from opsplane.errors import InvalidSchedule
from opsplane.policies.source import read_yaml, schema_of
from opsplane.schedules.book import document_of
from opsplane.schedules.schedule_file import ScheduleFile, understand

SHIPPED = Path(__file__).parent / "default.yaml"
"""The schedules that opsplane ships with, as they are edited."""

type ReadCalendar = Callable[[str], tuple[date, ...]]


def parse(text: str, origin: str, read_calendar: ReadCalendar | None = None) -> ScheduleFile:
    """A YAML text as a schedule file; `origin` names it in messages.

    A calendar may be `{ ical: holidays.ics }` in place of dates; `read_calendar` gives the dates of such a file.

    Raises:
        InvalidSchedule: naming each field that is wrong.
    """
    document = read_yaml(text, origin, InvalidSchedule)
    if isinstance(document, dict) and isinstance(document.get("calendars"), dict):
        calendars = {name: _dates(name, each, read_calendar) for name, each in document["calendars"].items()}
        document = {**document, "calendars": calendars}
    return understand(document, origin)


def _dates(name: object, calendar: object, read_calendar: ReadCalendar | None) -> object:
    if not isinstance(calendar, dict):
        return calendar
    if set(calendar) != {"ical"} or not isinstance(calendar["ical"], str):
        message = f"calendar {name}: write a list of dates, or {{ ical: FILE }}"
        raise InvalidSchedule(message)
    if read_calendar is None:
        message = f"calendar {name}: an iCalendar file can be named only in a file that people push"
        raise InvalidSchedule(message)
    return read_calendar(calendar["ical"])


def shipped() -> ScheduleFile:
    """The shipped schedules as they are edited.

    Raises:
        InvalidSchedule: they do not validate.
    """
    return parse(SHIPPED.read_text(), SHIPPED.name)


def schema() -> dict[str, Any]:
    """The JSON Schema of a schedule file, for editors: https://json-schema.org/draft/2020-12."""
    return schema_of(ScheduleFile, "opsplane schedules")


def render(file: ScheduleFile) -> str:
    """The file as JSON, as functions read it."""
    return json.dumps(document_of(file), indent=1, ensure_ascii=False) + "\n"
