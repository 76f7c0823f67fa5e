"""Holidays out of iCalendar files: https://www.rfc-editor.org/rfc/rfc5545."""

from datetime import date, datetime, timedelta
from pathlib import Path

from opsplane_cli.exits import CommandError, ExitCode

_BEFORE, _AFTER = timedelta(days=31), timedelta(days=3 * 366)
"""Which of an endless calendar's dates are kept: a push is good for three years."""


def dates_of(path: Path, today: date) -> tuple[date, ...]:
    """The days that the events of a calendar cover, repeating ones repeated, from a month ago for three years.

    Raises:
        CommandError: it cannot be read, is no calendar, or has no days in that time.
    """
    # Only a push reads calendars; the two libraries take a tenth of a second to import.
    import icalendar  # noqa: PLC0415
    import recurring_ical_events  # noqa: PLC0415

    try:
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        events = recurring_ical_events.of(calendar).between(today - _BEFORE, today + _AFTER)
    except KeyError as error:
        message = f"{path} cannot be read as iCalendar: an event has no {error}"
        raise CommandError(message, code=ExitCode.USAGE) from error
    except (OSError, ValueError, AttributeError) as error:
        message = f"{path} cannot be read as iCalendar: {error}"
        raise CommandError(message, code=ExitCode.USAGE) from error
    found = sorted({day for event in events for day in _days(event)})
    if not found:
        message = f"{path} has no events between {today - _BEFORE} and {today + _AFTER}"
        raise CommandError(message, advice="Fetch a newer calendar.", code=ExitCode.USAGE)
    return tuple(found)


def _days(event: object) -> list[date]:
    """The days of one event: DTEND is not part of it, and without one it lasts a day."""
    start = _day(event["DTSTART"].dt)  # type: ignore[index]
    end = event.get("DTEND")  # type: ignore[attr-defined]
    last = (
        _day(end.dt - timedelta(seconds=1) if isinstance(end.dt, datetime) else end.dt - timedelta(days=1))
        if end
        else start
    )
    return [start + timedelta(days=number) for number in range(max((last - start).days, 0) + 1)]


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
