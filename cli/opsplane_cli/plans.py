"""A plan for people: numbered steps, each with its value before and after."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from opsplane.model import Json
from opsplane.playbooks.plan import Plan
from rich.table import Table
from rich.text import Text

from opsplane_cli.output import facts, printable, said

MAX_VALUE = 400
"""Signs of a value that are shown; `--json` has all of it."""


class Way(NamedTuple):
    """One step in one direction: what to call it, and the values that it starts from and leads to."""

    title: str
    start: Json
    goal: Json


def ways_forward(plan: Plan) -> tuple[Way, ...]:
    """The steps as they are applied."""
    return tuple(Way(step.summary, step.before, step.after) for step in plan.steps)


def ways_back(plan: Plan) -> tuple[Way, ...]:
    """The steps as they are undone: last one first."""
    return tuple(Way(f"Put back {step.target}", step.after, step.before) for step in reversed(plan.steps))


def steps_table(ways: Iterable[Way], indent: int = 2) -> Table:
    """The steps, one below the other, with `before` and `after` under each."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(width=indent + 2, justify="right", style="dim")
    table.add_column(overflow="fold", ratio=1)
    for number, way in enumerate(ways, start=1):
        table.add_row(f"{number}.", said(way.title))
        values = facts()
        values.add_row("before", value(way.start))
        values.add_row("after", value(way.goal))
        table.add_row("", values)
    return table


def value(found: Json) -> Text:
    """A value on one line: `absent`, a text as it is, anything else as JSON, cut when it is long."""
    if found is None:
        return Text("absent", style="italic dim")
    text = printable(found if isinstance(found, str) else json.dumps(found, ensure_ascii=False))
    cut = text if len(text) <= MAX_VALUE else f"{text[:MAX_VALUE]}… ({len(text)} signs; --json shows all)"
    return Text(cut)
