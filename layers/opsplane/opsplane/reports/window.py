"""The time that a report is about."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from opsplane.model import Model, Name


class ReportKind(StrEnum):
    """How often a report comes."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


_LENGTH = {ReportKind.WEEKLY: timedelta(days=7), ReportKind.MONTHLY: timedelta(days=30)}


class Window(Model):
    """From `start` to before `end`, in UTC. `name` is the week or month in which most of it lies, e.g. `2026/W47`."""

    kind: ReportKind
    start: AwareDatetime
    end: AwareDatetime
    name: Name

    @property
    def days(self) -> tuple[str, ...]:
        """Every UTC date that the window touches, as `2026-11-22`."""
        count = (self.end.date() - self.start.date()).days + 1
        return tuple(f"{self.start.date() + timedelta(days=number):%Y-%m-%d}" for number in range(count))

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= at < self.end


def window(kind: ReportKind, now: datetime) -> Window:
    """The last 7 or 30 days before `now`.

    A report made on Monday morning is about the week before, one made on the 1st about the month before, and one that
    somebody asks for in between about the days up to now.
    """
    end = now.astimezone(UTC)
    start = end - _LENGTH[kind]
    middle = start + _LENGTH[kind] / 2
    year, week, _ = middle.isocalendar()
    name = f"{year}/W{week:02d}" if kind is ReportKind.WEEKLY else f"{middle:%Y/M%m}"
    return Window(kind=kind, start=start, end=end, name=name)
