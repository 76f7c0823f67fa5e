"""The one place where the threads of the launcher write down what happens."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from opsplane_local.launcher.snapshot import (
    PartRecord,
    Problem,
    Snapshot,
    State,
    StepRecord,
    StepStatus,
    write,
)

ENDED = frozenset({StepStatus.DONE, StepStatus.SKIPPED, StepStatus.FAILED})


class Board:
    """Holds the snapshot of a run and writes each change to its file. Safe to call from any thread."""

    def __init__(self, first: Snapshot, file: Path, now: Callable[[], float] = time.time) -> None:
        self._snapshot = first
        self._file = file
        self._now = now
        self._guard = threading.Lock()
        write(first, file)

    @property
    def snapshot(self) -> Snapshot:
        """The run as it stands."""
        with self._guard:
            return self._snapshot

    def add_step(self, name: str, title: str, *, background: bool = False) -> None:
        """A step that is going to be done."""
        step = StepRecord(name=name, title=title, background=background)
        self._change(lambda snapshot: {"steps": (*snapshot.steps, step)})

    def begin(self, name: str) -> None:
        """The step is being worked on."""
        self._change_step(name, {"status": StepStatus.RUNNING, "began_at": self._now()})

    def note(self, name: str, detail: str) -> None:
        """A word on how the step is getting on."""
        self._change_step(name, {"detail": detail})

    def end(self, name: str, status: StepStatus, detail: str) -> None:
        """The step has come to its end, whichever."""
        self._change_step(name, {"status": status, "detail": detail, "ended_at": self._now()})

    def add_part(self, part: PartRecord) -> None:
        """A process has been started."""
        self._change(lambda snapshot: {"parts": (*snapshot.parts, part)})

    def end_part(self, pid: int) -> None:
        """A process has ended."""
        ended = {"ended_at": self._now()}

        def change(snapshot: Snapshot) -> dict[str, object]:
            return {
                "parts": tuple(
                    part.model_copy(update=ended) if part.pid == pid and part.ended_at is None else part
                    for part in snapshot.parts
                )
            }

        self._change(change)

    def mark(self, state: State, problem: Problem | None = None) -> None:
        """The run has come to another state. The first problem of a run is kept: what follows comes of it."""

        def change(snapshot: Snapshot) -> dict[str, object]:
            update: dict[str, object] = {"state": state, "problem": snapshot.problem or problem}
            if state is State.READY:
                update["ready_after"] = self._now() - snapshot.began_at
            return update

        self._change(change)

    def first_event_possible(self) -> None:
        """From now on an event is answered."""
        self._change(lambda snapshot: {"first_event_after": self._now() - snapshot.began_at})

    def _change_step(self, name: str, update: dict[str, object]) -> None:
        self._change(
            lambda snapshot: {
                "steps": tuple(step.model_copy(update=update) if step.name == name else step for step in snapshot.steps)
            }
        )

    def _change(self, change: Callable[[Snapshot], dict[str, object]]) -> None:
        with self._guard:
            self._snapshot = self._snapshot.model_copy(update=change(self._snapshot))
            write(self._snapshot, self._file)
