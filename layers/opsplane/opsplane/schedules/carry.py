"""Makes the moves: what is meant is written before the first call, what was saved is never written over.

A crash between any two lines leaves a record and live state from which the next pass goes on.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched

from opsplane.errors import LedgerConflict, PermanentError, ResourceNotFound, TemporaryError
from opsplane.playbooks.plan import Api, Call
from opsplane.schedules.decide import LOST, Move, Verb
from opsplane.schedules.moves import BATCHED, bound_calls, sleep_calls, wake_calls
from opsplane.schedules.sleep import Sleep, SleepStatus
from opsplane.schedules.store import ScheduleStore
from opsplane.schedules.workload import Workload, WorkloadKind

BUDGET = timedelta(seconds=40)
"""How long one pass goes on making moves; the next one does the rest."""


@dataclass
class Carrier:
    """Makes the moves of one pass of an environment.

    `lines` tell what was done, `refused` what AWS refused, by the workloads' keys, and `gone` is what is no more.
    """

    environment: str
    api: Api
    store: ScheduleStore
    began: datetime
    phases: dict[str, str]
    clock: Callable[[], datetime]
    lines: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    gone: list[tuple[Sleep, str]] = field(default_factory=list)
    acted: int = 0

    def sleep(self, moves: list[Move]) -> None:
        """Put workloads to sleep: record, then call."""
        self._call([self._recorded(move) for move in moves], down=True)

    def wake(self, moves: list[Move]) -> None:
        """Wake workloads; those without a record are started."""
        self._call([self._waking(move) for move in moves], down=False)

    def record(self, move: Move, now: datetime) -> None:
        """Write what was found, where nothing has to be called."""
        workload, sleep, words = move.workload, move.sleep, str(move.workload)
        match move.verb:
            case Verb.REACHED if sleep:
                self._put(sleep.changed(reached_at=sleep.reached_at or now, waking_at=None, error="", told=False))
                self._say(workload, f"{words} is asleep")
            case Verb.AWAKE if sleep and move.reason == LOST:
                self.gone.append((sleep, f"it was put back: {LOST}"))
            case Verb.AWAKE if sleep:
                self._end(sleep, now, move.reason or "awake")
                self._say(workload, f"{words} is awake{f': {move.reason}' if move.reason else ' as it was'}")
            case Verb.RELEASE if sleep:
                self._end(sleep, now, move.reason)
            case Verb.BACK if sleep:
                self._back(move, sleep, now)
            case Verb.KEEP:
                self._keep(move, now)
            case _:
                return
        self.acted += 1

    def _say(self, workload: Workload, line: str) -> None:
        """A line, unless it is about an alarm: that it was paused or restored says enough."""
        if workload.kind is not WorkloadKind.ALARM:
            self.lines.append(line)

    def bury(self) -> None:
        """End the sleeps of what is no more, once people were told."""
        for sleep, ending in self.gone:
            self._end(sleep, self.began, ending)

    def _recorded(self, move: Move) -> Move | None:
        """The move with its record written; None when somebody else is at it."""
        workload, now = move.workload, self.began
        if move.sleep and move.verb is Verb.SLEEP:
            return move
        fresh = Sleep(
            environment=self.environment,
            key=workload.key,
            saved=(move.sleep.saved if move.sleep else {}) or workload.size,
            hourly=workload.hourly if workload.hourly is not None or not move.sleep else move.sleep.hourly,
            phase=self.phases.get(workload.key, ""),
            began_at=now,
            told=move.sleep is not None and move.sleep.told,
        )
        written = self._follow(move.sleep, fresh, move.reason or "it ran again")
        return Move(move.verb, workload, written, move.reason) if written else None

    def _waking(self, move: Move) -> Move | None:
        if move.sleep is None or move.sleep.waking_at:
            return move
        written = self._put(move.sleep.changed(waking_at=self.began, error=""))
        return Move(move.verb, move.workload, written, move.reason) if written else None

    def _call(self, moves: list[Move | None], *, down: bool) -> None:
        by_kind: defaultdict[WorkloadKind, list[Move]] = defaultdict(list)
        for move in moves:
            if move:
                by_kind[move.workload.kind].append(move)
        for kind, some in by_kind.items():
            for group in batched(some, BATCHED.get(kind, 1)):
                if self.clock() - self.began > BUDGET:
                    self.lines.append(f"{_named(list(group))}: left to the next pass, this one has run long enough")
                    return
                self._make(kind, list(group), down=down)

    def _make(self, kind: WorkloadKind, moves: list[Move], *, down: bool) -> None:
        """Make the calls for some workloads; what is refused for many is tried one by one."""
        try:
            for each in _calls(kind, moves, down=down):
                self.api.call(each)
        except PermanentError as error:
            if len(moves) > 1:
                for move in moves:
                    self._make(kind, [move], down=down)
                return
            self._refused(moves[0], error)
            return
        except TemporaryError as error:
            self.lines.append(f"{_named(moves)}: {error}; the next sweep tries again")
            return
        self.acted += len(moves)
        self.lines.extend(_line(move, down=down) for move in moves)
        for move in moves:
            if move.reason == LOST and move.sleep:
                self.gone.append((move.sleep, f"it was put back: {LOST}"))

    def _refused(self, move: Move, error: PermanentError) -> None:
        sleep = move.sleep
        if isinstance(error, ResourceNotFound) and sleep:
            self.gone.append((sleep, "it is gone"))
            return
        self.refused[move.workload.key] = str(error)
        self.lines.append(f"{move.workload}: {error}")
        if sleep and sleep.error != str(error)[:1000]:
            self._put(sleep.changed(error=str(error)[:1000]))

    def _keep(self, move: Move, now: datetime) -> None:
        workload = move.workload
        if move.sleep and workload.kind is WorkloadKind.SERVICE:
            # With a maximum of 0 Application Auto Scaling would take it down again. The record is last: it ends this.
            try:
                self._make_each(move, bound_calls(workload.id, move.sleep.saved))
            except TemporaryError as error:
                self.lines.append(f"{workload}: {error}; the next sweep tries again")
                return
        kept = Sleep(
            environment=self.environment,
            key=workload.key,
            status=SleepStatus.KEPT,
            saved=move.sleep.saved if move.sleep else {},
            hourly=workload.hourly,
            phase=self.phases.get(workload.key, ""),
            began_at=now,
            reached_at=now,
            started_by=move.reason,
            slept=move.sleep is not None and (move.sleep.slept or move.sleep.status is SleepStatus.ASLEEP),
        )
        if self._follow(move.sleep, kept, move.reason):
            self.lines.append(f"{workload} is kept running: {move.reason}")

    def _back(self, move: Move, kept: Sleep, now: datetime) -> None:
        """What was kept sleeps again, with the sizes of the evening."""
        asleep = Sleep(
            environment=self.environment,
            key=kept.key,
            saved=kept.saved,
            hourly=kept.hourly,
            phase=self.phases.get(kept.key, ""),
            began_at=now,
            reached_at=now,
        )
        if self._follow(kept, asleep, move.reason):
            self._say(move.workload, f"{move.workload} is asleep: {move.reason}")

    def _follow(self, sleep: Sleep | None, then: Sleep, ending: str) -> Sleep | None:
        """Write what follows a sleep, if there was one, in its place; None when another pass was quicker."""
        if sleep is None:
            return self._put(then)
        ended = sleep.changed(ended_at=self.began, ending=ending)
        then = then.model_copy(update={"version": ended.version + 1})
        try:
            self.store.end_sleep(ended, then)
        except LedgerConflict:
            return None
        return then

    def _make_each(self, move: Move, calls: tuple[Call, ...]) -> None:
        try:
            for each in calls:
                self.api.call(each)
        except PermanentError as error:
            self.lines.append(f"{move.workload}: {error}")

    def _put(self, sleep: Sleep) -> Sleep | None:
        try:
            self.store.put_sleep(sleep)
        except LedgerConflict:
            return None
        return sleep

    def _end(self, sleep: Sleep, now: datetime, ending: str) -> None:
        try:
            self.store.end_sleep(sleep.changed(ended_at=now, ending=ending))
        except LedgerConflict:
            # Another pass ended it.
            return


def _calls(kind: WorkloadKind, moves: list[Move], *, down: bool) -> Iterator[Call]:
    ids = [move.workload.id for move in moves]
    first = moves[0]
    if down:
        yield from sleep_calls(kind, ids, first.workload.size)
    else:
        yield from wake_calls(kind, ids, first.sleep.saved if first.sleep else {})


def _named(moves: list[Move]) -> str:
    return ", ".join(str(move.workload) for move in moves[:3]) + (f" and {len(moves) - 3} more" if moves[3:] else "")


def _line(move: Move, *, down: bool) -> str:
    return f"{_verb(move.workload, down=down)} {move.workload}{_sizes(move, down=down)}" + (
        f": {move.reason}" if move.reason else ""
    )


def _verb(workload: Workload, *, down: bool) -> str:
    if workload.kind is WorkloadKind.ALARM:
        return "paused" if down else "restored"
    return "stopping" if down else "starting"


def _sizes(move: Move, *, down: bool) -> str:
    saved = move.sleep.saved if move.sleep else {}
    if not saved:
        return ""
    words = ", ".join(f"{name} {value}" for name, value in saved.items())
    return f" (was {words})" if down else f" (back to {words})"
