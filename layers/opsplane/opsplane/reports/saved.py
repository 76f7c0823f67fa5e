"""What sleep saved, as a report tells it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from opsplane.model import Line, Model, Name


class Saved(Model):
    """What one environment saved within the time of a report: USD, hours asleep, and a line for each workload.

    `ran_usd` is what ran although it should have slept. `baseline` and `prices` say what the money means.
    """

    environment: Name
    usd: float
    hours: float
    ran_usd: float
    lines: tuple[Line, ...]
    baseline: Line
    prices: Line


type ReadSaved = Callable[[datetime, datetime], Sequence[Saved]]
"""What was saved within [start, end), of every environment that slept."""
