"""What commands take from outside, in one value: a test hands in its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import typer

from opsplane_cli.connection import Connection, connect


@dataclass(frozen=True)
class Outside:
    """The way to an opsplane, and the clocks. `sleep` takes and `clock` returns seconds; `now` is the time of day."""

    connect: Callable[[str], Connection] = connect
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = field(default=time.sleep)
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


def outside(context: typer.Context) -> Outside:
    """What the caller handed to the app, or the real world."""
    return context.ensure_object(Outside)
