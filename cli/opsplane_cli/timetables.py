"""Which timetable a command goes by: that of an account, or that of a file."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import typer
from opsplane.errors import InvalidSchedule
from opsplane.schedules import source
from opsplane.schedules.book import Desk, in_force
from opsplane.schedules.override import Override
from opsplane.schedules.schedule_file import ScheduleFile
from opsplane.schedules.store import Kept
from opsplane.schedules.timetable import Timetable, timetable

from opsplane_cli.calendars import dates_of
from opsplane_cli.connection import Connection
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.outside import outside
from opsplane_cli.policy_files import text_of

DEFAULT_ZONE = "America/New_York"
"""The zone of a deployment that names none; a file's own zone goes first."""

_YEARS = 100
"""How far away a moment may be: the ends of the calendar cannot be reckoned with."""


@dataclass(frozen=True)
class View:
    """A timetable with the exceptions that people made, and what was kept beside it; of a file there are none."""

    timetable: Timetable
    name: str
    kept: Kept

    def overrides(self, environment: str) -> tuple[Override, ...]:
        """The exceptions of an environment."""
        return self.kept.overrides(environment)


def desk_of(connection: Connection) -> tuple[Desk, Kept]:
    """The scheduler's desk in an account, and what is kept there. The zone is the one that the scheduler goes by."""
    kept = connection.store.read()
    zone = next((head.zone for head in kept.heads.values() if head.zone), "")
    settings = connection.ports.settings
    ports = replace(connection.ports, settings=settings.model_copy(update={"schedule_timezone": zone or DEFAULT_ZONE}))
    return Desk(ports, connection.store), kept


def view_of(context: typer.Context, environment: str, file: Path | None) -> View:
    """The timetable of a file, or the one in force in the account."""
    if file is not None:
        return View(timetable(load(file, outside(context).now()), DEFAULT_ZONE), str(file), Kept())
    desk, kept = desk_of(outside(context).connect(environment))
    force = in_force(kept, desk)
    return View(force.timetable, force.name, kept)


def load(path: Path, now: datetime) -> ScheduleFile:
    """The schedules of a file; of iCalendar files in it, the days from a month before `now` on.

    Raises:
        CommandError: it cannot be read, or is no schedule file.
    """

    def read_calendar(name: str) -> tuple[date, ...]:
        return dates_of(path.parent / name, now.date())

    try:
        return source.parse(text_of(path), str(path), read_calendar)
    except InvalidSchedule as error:
        raise CommandError(str(error), code=ExitCode.USAGE) from error


def known(view: View, environment: str) -> str:
    """An environment's name, if the timetable has it.

    Raises:
        CommandError: it has not.
    """
    if environment not in view.timetable.environments:
        there = ", ".join(view.timetable.environments)
        message = f"{view.name} know no environment {environment!r}"
        raise CommandError(message, advice=f"They know {there}.", code=ExitCode.NOT_FOUND)
    return environment


def instant_in(text: str, zone: str, now: datetime) -> datetime:
    """An instant as people write it: `now`, ISO 8601, or `22:00` for the next time that the zone's clock shows it.

    Raises:
        CommandError: it is none of these.
    """
    place = ZoneInfo(zone)
    if text == "now":
        return now
    try:
        if len(text) <= len("22:00"):
            clock = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - the zone follows
            found = datetime.combine(now.astimezone(place).date(), clock, place)
            return (found if found > now else found + timedelta(days=1)).astimezone(UTC)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise _no_moment(text) from error
    if abs(found.year - now.year) > _YEARS:
        raise _no_moment(text)
    return (found if found.tzinfo else found.replace(tzinfo=place)).astimezone(UTC)


def end_in(
    until: str | None, hours: float | None, zone: str, now: datetime, start: datetime | None = None
) -> datetime | None:
    """The end of an exception as people say it: a moment, or so many hours from its start; None: they did not say.

    Raises:
        CommandError: it is said twice, or is no moment.
    """
    if until and hours:
        message = "say until when with --until or with --hours, not with both"
        raise CommandError(message, code=ExitCode.USAGE)
    if until:
        return instant_in(until, zone, now)
    return (start or now) + timedelta(hours=hours) if hours is not None else None


def _no_moment(text: str) -> CommandError:
    advice = "Write 2026-11-27T20:00:00Z, 2026-11-27T20:00 on the schedule's clock, 22:00, or now."
    return CommandError(f"{text!r} is no moment", advice=advice, code=ExitCode.USAGE)
