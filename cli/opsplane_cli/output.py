"""Everything that reaches a terminal goes through here.

No rich markup is ever read, so a name such as `[red]` is only a name; colours come from styles alone, and rich leaves
them out when nobody looks (no TTY, NO_COLOR).
"""

import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

STYLES: dict[str, str] = {
    # items
    "open": "bold red",
    "acknowledged": "yellow",
    "contained": "yellow",
    "resolved": "green",
    "closed": "dim",
    # actions
    "planned": "cyan",
    "awaiting_approval": "bold yellow",
    "approved": "cyan",
    "applying": "cyan",
    "applied": "cyan",
    "verified": "green",
    "rejected": "dim",
    "expired": "dim",
    "failed": "bold red",
    "undoing": "cyan",
    "undone": "green",
    # severities
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "low": "dim",
    "info": "dim",
    # outcomes
    "act": "green",
    "ask": "bold yellow",
    "tell": "cyan",
    "refuse": "bold red",
}
"""How the words of the domain are coloured; a word without an entry is plain."""

_NARROWEST = 12
"""Cells that the folding column keeps in a very narrow terminal."""

# Controls, formatting marks (direction marks are among them), halves of surrogates, line and paragraph separators.
_HOSTILE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def printable(text: object) -> str:
    """Text from outside on one line, with nothing in it that a terminal would obey."""
    shown = (" " if unicodedata.category(sign) in _HOSTILE else sign for sign in str(text))
    return " ".join("".join(shown).split())


def said(text: object, style: str = "") -> Text:
    """Text from outside, harmless, in a style."""
    return Text(printable(text), style=style)


def beside(*parts: Text) -> Text:
    """Texts on one line, two spaces apart."""
    return Text("  ").join(parts)


def word(text: object) -> Text:
    """A state, severity or outcome in its colour; `awaiting_approval` reads `awaiting approval`."""
    return Text(printable(text).replace("_", " "), style=STYLES.get(str(text), ""))


def out() -> Console:
    """The console for results: standard output as it is at this moment."""
    return Console(markup=False, emoji=False, highlight=False)


def err() -> Console:
    """The console for everything beside results: standard error."""
    return Console(stderr=True, markup=False, emoji=False, highlight=False)


def columns(*names: str) -> Table:
    """A list without lines: the last column takes what is left and folds, the others never break."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    for name in names[:-1]:
        table.add_column(name.upper(), no_wrap=True)
    table.add_column(names[-1].upper(), overflow="fold", ratio=1, min_width=_NARROWEST)
    return table


def facts() -> Table:
    """Pairs of a dim name and a value that folds."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    return table


def print_json(document: dict[str, Any]) -> None:
    """The one JSON document of a command. Only ASCII, so that nothing in it can steer a terminal."""
    sys.stdout.write(json.dumps(document, indent=2, default=str) + "\n")


def print_error(message: str, advice: str = "") -> None:
    """One sentence on standard error, and what to do about it."""
    console = err()
    console.print(Text.assemble(("error: ", "bold red"), printable(message)), soft_wrap=True)
    if advice:
        console.print(Text(f"       {printable(advice)}", style="dim"), soft_wrap=True)


def print_aside(message: str) -> None:
    """One dim line on standard error that is no result."""
    err().print(said(message, "dim"), soft_wrap=True)


class Spinner:
    """A line on standard error that says what is being waited for; silent when nobody looks."""

    def __init__(self, console: Console) -> None:
        self._status = console.status("") if console.is_terminal else None

    def tell(self, text: str) -> None:
        """Change the line."""
        if self._status:
            self._status.update(said(text, "dim"))

    @contextmanager
    def turning(self) -> Iterator["Spinner"]:
        """Show the line for as long as the block runs."""
        if self._status is None:
            yield self
            return
        with self._status:
            yield self


@contextmanager
def spinning(text: str) -> Iterator[Spinner]:
    """A spinner while something is waited for."""
    with Spinner(err()).turning() as spinner:
        spinner.tell(text)
        yield spinner


def age(at: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that is at least one: `4s ago`, `3m ago`, `2d ago`."""
    seconds = max(0, int((now - at).total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= size:
            return f"{seconds // size}{unit} ago"
    return f"{seconds}s ago"


def moment(at: datetime, now: datetime) -> str:
    """A moment in UTC and how long ago that is: `2026-11-22 10:00:03 UTC (3m ago)`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC ({age(at, now)})"


@cache
def plural(count: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
