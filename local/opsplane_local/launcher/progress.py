"""Showing a run as it goes: lines that stay for what has ended, moving lines for what is being done."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from opsplane_local.launcher.board import ENDED
from opsplane_local.launcher.snapshot import Snapshot, State, StepRecord, StepStatus
from opsplane_local.launcher.summary import problem_panel, summary_panel

SIGNS = {StepStatus.DONE: "[green]✔[/]", StepStatus.SKIPPED: "[yellow]-[/]", StepStatus.FAILED: "[red]✘[/]"}
WORDS = {StepStatus.DONE: "done", StepStatus.SKIPPED: "skipped", StepStatus.FAILED: "failed"}
TITLE_WIDTH = 34


class Progress(Protocol):
    """Something that shows snapshots of one run, as often as it is given one."""

    def show(self, snapshot: Snapshot) -> None:
        """Show what is new since the last call."""

    def tell(self, line: str) -> None:
        """Show one line of its own."""

    def __enter__(self) -> Self:
        """Begin showing."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""


class _News:
    """What of a run has not been shown yet."""

    def __init__(self) -> None:
        self._steps: set[str] = set()
        self._state = State.STARTING

    def ended(self, snapshot: Snapshot) -> list[StepRecord]:
        fresh = [step for step in snapshot.steps if step.status in ENDED and step.name not in self._steps]
        self._steps.update(step.name for step in fresh)
        # A step that was left out because of another one says nothing that the other did not.
        return sorted((step for step in fresh if step.detail), key=lambda step: step.ended_at or 0)

    def state(self, snapshot: Snapshot) -> State | None:
        if snapshot.state is self._state:
            return None
        self._state = snapshot.state
        return snapshot.state


class LiveProgress:
    """For a terminal: a line with a spinner for each step that is being done, lines that stay above them."""

    def __init__(self, console: Console, now: Callable[[], float] = time.time, *, stays: bool = True) -> None:
        self._console = console
        self._now = now
        self._stays = stays
        self._news = _News()
        self._live = Live(console=console, transient=True, refresh_per_second=10)
        self._spinners: dict[str, Spinner] = {}

    def __enter__(self) -> Self:
        """Begin showing."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""
        self._live.update(Text(""))
        self._live.stop()

    def tell(self, line: str) -> None:
        """Show one line of its own."""
        self._console.print(f"[dim]{escape(line)}[/]", highlight=False)

    def show(self, snapshot: Snapshot) -> None:
        """Show what is new since the last call."""
        for step in self._news.ended(snapshot):
            self._console.print(_ended_line(step), highlight=False)
        for block in _on_state(self._news.state(snapshot), snapshot, stays=self._stays):
            self._console.print(block)
        self._live.update(Group(*self._moving(snapshot)))

    def _moving(self, snapshot: Snapshot) -> list[RenderableType]:
        running = [step for step in snapshot.steps if step.status is StepStatus.RUNNING]
        if snapshot.state in {State.STOPPED, State.FAILED}:
            return []
        if snapshot.state is State.STOPPING:
            left = ", ".join(part.name for part in snapshot.parts if part.ended_at is None)
            return [self._spinner("stopping", f"Stopping {left} [dim](Ctrl-C again: at once)[/]")]
        return [self._spinner(step.name, self._running_text(step)) for step in running]

    def _running_text(self, step: StepRecord) -> str:
        seconds = max(0.0, self._now() - (step.began_at or self._now()))
        detail = escape(step.detail) if step.detail else ""
        return f"{step.title:<{TITLE_WIDTH}} [dim]{seconds:6.1f} s  {detail}[/]"

    def _spinner(self, name: str, markup: str) -> Spinner:
        spinner = self._spinners.setdefault(name, Spinner("dots", style="cyan"))
        spinner.update(text=Text.from_markup(markup))
        return spinner


class PlainProgress:
    """For a file or a pipe: one line with the time for each thing that begins or ends."""

    def __init__(self, console: Console, *, stays: bool = True) -> None:
        self._console = console
        self._stays = stays
        self._news = _News()
        self._begun: set[str] = set()

    def __enter__(self) -> Self:
        """Begin showing."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the terminal as it was."""

    def tell(self, line: str) -> None:
        """Show one line of its own."""
        self._print("     -  ", line)

    def show(self, snapshot: Snapshot) -> None:
        """Show what is new since the last call."""
        for step in snapshot.steps:
            if step.began_at and step.name not in self._begun:
                self._begun.add(step.name)
                self._print(_elapsed(snapshot, step.began_at), f"begun    {step.title}")
        for step in self._news.ended(snapshot):
            took = f" ({_took(step):.1f} s)" if step.began_at else ""
            text = f"{WORDS[step.status]:<8} {step.title}{took}: {step.detail}"
            self._print(_elapsed(snapshot, step.ended_at or 0), text)
        for block in _on_state(self._news.state(snapshot), snapshot, stays=self._stays):
            self._console.print(block)

    def _print(self, elapsed: str, text: str) -> None:
        self._console.print(f"{elapsed} {text}", markup=False, highlight=False, soft_wrap=True)


def progress_for(console: Console, *, stays: bool) -> Progress:
    """The display that suits the terminal, or the lack of one.

    Args:
        console: Where to show it.
        stays: Whether this command stays as long as the platform runs, so that Ctrl-C stops it.
    """
    return LiveProgress(console, stays=stays) if console.is_terminal else PlainProgress(console, stays=stays)


def _on_state(state: State | None, snapshot: Snapshot, *, stays: bool) -> list[RenderableType]:
    if state is State.READY:
        return [summary_panel(snapshot, stays=stays)]
    if state is State.FAILED and snapshot.problem:
        title = "opsplane is not up" if snapshot.ready_after is None else "opsplane has stopped"
        return [problem_panel(snapshot.problem, title)]
    if state is State.STOPPED:
        return [Text("Stopped. The state is kept for the next start.", style="dim")]
    return []


def _ended_line(step: StepRecord) -> RenderableType:
    line = Table.grid(padding=(0, 1))
    line.add_column(width=1)
    line.add_column(width=TITLE_WIDTH)
    line.add_column(width=8, justify="right", style="dim")
    line.add_column(overflow="fold", style="dim" if step.status is StepStatus.DONE else "")
    took = f"{_took(step):.1f} s" if step.began_at else ""
    line.add_row(Text.from_markup(SIGNS[step.status]), step.title, took, Text(step.detail))
    return line


def _took(step: StepRecord) -> float:
    return (step.ended_at or 0) - (step.began_at or 0)


def _elapsed(snapshot: Snapshot, moment: float) -> str:
    return f"{moment - snapshot.began_at:6.1f} s"
