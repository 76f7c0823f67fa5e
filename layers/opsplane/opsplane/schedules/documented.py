"""The platform document's monthly figures (its part 11) beside those that the price table and a schedule give."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from opsplane.model import Line, Model
from opsplane.schedules import prices
from opsplane.schedules.timeline import Timeline, Wish
from opsplane.schedules.wanted import next_edge, wanted

HOURS_OF_MONTH = 730.0
"""What AWS's own calculators count for a month."""

_SPAN = timedelta(weeks=4)


class Documented(Model):
    """One line of the document, in USD a month: its own figure, always awake, and by the schedule."""

    item: Line
    document: float
    always: float
    scheduled: float


def documented(environment: str, timeline: Timeline, at: datetime) -> tuple[Documented, ...]:
    """The lines that sleep can change; none for an environment that the document does not have.

    Storage is not in the computed figures, and the document does not say whether it is in its own.
    """
    share = awake_share(timeline, at)
    return tuple(_line(each, share) for each in prices.table()["document"].get(environment, []))


def awake_share(timeline: Timeline, at: datetime) -> float:
    """The part of the four weeks after `at` in which a schedule does not want sleep, from 0 to 1."""
    end = at + _SPAN
    awake = sum((span for state, span in _spans(timeline, at, end) if state is not Wish.STOPPED), timedelta())
    return awake / _SPAN


def _spans(timeline: Timeline, at: datetime, end: datetime) -> Iterator[tuple[Wish, timedelta]]:
    while at < end:
        edge = min(next_edge(timeline, (), at) or end, end)
        yield wanted(timeline, (), at).state, edge - at
        at = edge


def _line(row: dict[str, Any], share: float) -> Documented:
    if "tasks" in row:
        hourly = prices.tasks(*row["tasks"]) or 0.0
    else:
        hourly = prices.database(row["machine"], "postgres", multi_az=row.get("multi_az", False)) or 0.0
    always = hourly * HOURS_OF_MONTH
    return Documented(
        item=row["item"], document=row["usd"], always=round(always, 2), scheduled=round(always * share, 2)
    )
