"""A schedule file that is ready to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opsplane.errors import InvalidSettings
from opsplane.schedules.clock import zone_named
from opsplane.schedules.schedule_file import Environment, ScheduleFile
from opsplane.schedules.timeline import Timeline


@dataclass(frozen=True)
class Timetable:
    """The schedules by their names, each with its zone and holidays, and the environments that follow them."""

    file: ScheduleFile
    timelines: Mapping[str, Timeline]

    @property
    def environments(self) -> Mapping[str, Environment]:
        """The environments by their names."""
        return self.file.environments

    def timeline_of(self, environment: str) -> Timeline:
        """The schedule of an environment that the file has."""
        return self.timelines[self.environments[environment].schedule]


def timetable(file: ScheduleFile, zone: str) -> Timetable:
    """A file made ready; `zone` is that of the deployment, for schedules that name none.

    Raises:
        InvalidSettings: the deployment's zone does not exist.
    """
    try:
        default = zone_named(zone)
    except ValueError as error:
        message = f"OPSPLANE_SCHEDULE_TIMEZONE: {error}"
        raise InvalidSettings(message) from error
    return Timetable(
        file,
        {
            name: Timeline(
                name=name,
                schedule=schedule,
                zone=schedule.zone or file.zone or default,
                holidays=frozenset(day for calendar in schedule.holidays for day in file.calendars[calendar]),
            )
            for name, schedule in file.schedules.items()
        },
    )


@cache
def shipped() -> ScheduleFile:
    """The schedules that opsplane ships with: `default.yaml`, checked and written as JSON by `make docs`."""
    return ScheduleFile.model_validate_json(files("opsplane.schedules").joinpath("default.json").read_bytes())
