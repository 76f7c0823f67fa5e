"""What is to be done about each workload: a pure function of what is wanted, what is on record, and what AWS shows.

Three facts are kept apart: what is wanted (a phase), what we did (a sleep), and what is (a workload).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from opsplane.schedules.schedule import Schedule
from opsplane.schedules.sleep import Phase, Sleep, SleepStatus
from opsplane.schedules.timeline import Rule, Wish
from opsplane.schedules.workload import NODE, SMALL, Running, Workload, WorkloadKind

BY_AWS = "AWS, which starts a database that was stopped for seven days"

LOST = "AWS does not show it in this environment any more"
"""Why something on record is put back at once: it was deleted, or lost its tag."""

_SEVEN_DAYS = timedelta(days=6, hours=22)
"""https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html: RDS starts it after seven days."""

_AWS_STARTS = frozenset({WorkloadKind.DATABASE, WorkloadKind.CLUSTER})


class Verb(StrEnum):
    """What is to be done about a workload."""

    SLEEP = "sleep"
    WAKE = "wake"
    REACHED = "reached"
    AWAKE = "awake"
    AGAIN = "again"
    KEEP = "keep"
    RELEASE = "release"
    BACK = "back"
    WAIT = "wait"
    LEAVE = "leave"


DOWN = frozenset({Verb.SLEEP, Verb.AGAIN})
"""What takes a workload down."""

ACTS = DOWN | {Verb.WAKE}
"""What calls AWS."""


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to do. `sleep` is what is on record, if anything is; `reason` says why, for people."""

    verb: Verb
    workload: Workload
    sleep: Sleep | None = None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """What a group of workloads has in common: what is wanted of them, and how their schedule treats exceptions."""

    phase: Phase
    schedule: Schedule


@dataclass(frozen=True)
class Wishes:
    """What is wanted of an environment's workloads.

    Attributes:
        lines: By the schedule's name, or by the key of a workload with an exception of its own.
        default: The schedule of what has no tag of its own.
        freed: The keys of workloads whose own exception is over: that they run is nobody's doing.
        starts: Who started which workload, by key, as far as an event told.
    """

    lines: Mapping[str, Line]
    default: str
    freed: frozenset[str] = frozenset()
    starts: Mapping[str, str] = field(default_factory=dict)


def decide(workloads: Iterable[Workload], wishes: Wishes, sleeps: Mapping[str, Sleep], now: datetime) -> list[Move]:
    """What is to be done, in the order of the workloads; nothing for those that are as wanted.

    `sleeps` are those that last, by key.
    """
    # Ten thousand workloads go through this loop: what is as it should be costs two look-ups and no object.
    moves = []
    lines, default = wishes.lines, wishes.default
    own = {key: line for key, line in lines.items() if ":" in key}
    for workload in workloads:
        line = (own.get(workload.key) if own else None) or lines.get(workload.schedule or default)
        sleep = sleeps.get(workload.key)
        if line is None and sleep is not None:
            # Whatever its tag says by now, we put it to sleep, so it wakes with the environment.
            line = lines[default]
        if line is None:
            moves.append(
                Move(Verb.LEAVE, workload, sleep, f"its tag names a schedule {workload.schedule!r}: there is none")
            )
        elif sleep is not None:
            if move := _of_record(_beside(workload, sleep), line, sleep, now):
                moves.append(move)
        elif line.phase.state is Wish.STOPPED:
            if workload.running is Running.RUNNING:
                moves.append(_to_sleep(workload, line, wishes))
        elif workload.running is Running.STOPPED and _only_starts(line):
            moves.append(_to_start(workload))
    return moves


def _beside(workload: Workload, sleep: Sleep) -> Workload:
    """A workload as its record sees it: a cache sleeps at the node type of then, whatever is the small one by now."""
    if SMALL not in sleep.saved:
        return workload
    small = workload.size.get(NODE) == sleep.saved[SMALL]
    return replace(workload, running=Running.STOPPED if small else Running.RUNNING)


def _to_sleep(workload: Workload, line: Line, wishes: Wishes) -> Move:
    """Something runs that should sleep, and we never put it to sleep."""
    if workload.hindrance:
        return Move(Verb.LEAVE, workload, None, workload.hindrance)
    if workload.fallen:
        return Move(Verb.LEAVE, workload, None, workload.fallen)
    late = line.phase.settled and line.phase.by_schedule and workload.key not in wishes.freed
    who = wishes.starts.get(workload.key, "somebody")
    reason = f"started by {who}" if late else ""
    if late and who != BY_AWS and line.schedule.out_of_hours == "keep":
        return Move(Verb.KEEP, workload, None, reason)
    if workload.busy:
        return Move(Verb.WAIT, workload, None, workload.busy)
    return Move(Verb.SLEEP, workload, None, reason)


def _only_starts(line: Line) -> bool:
    """Whether what others stopped is started: once, as the period begins; who stops something after that is left to."""
    phase = line.phase
    return line.schedule.only == "start" and phase.state is Wish.RUNNING and not phase.settled


def _to_start(workload: Workload) -> Move:
    """Something is down that a schedule only starts: it was stopped by others, so nobody knows its size."""
    if workload.hindrance or workload.fallen:
        return Move(Verb.LEAVE, workload, None, workload.hindrance or workload.fallen)
    if workload.size:
        return Move(Verb.LEAVE, workload, None, "it was stopped by somebody else, and its size is not on record")
    return Move(Verb.WAKE, workload, None, "")


def _of_record(workload: Workload, line: Line, sleep: Sleep, now: datetime) -> Move | None:
    """Something that we put to sleep, or that is kept running."""
    if sleep.status is SleepStatus.KEPT:
        return _kept(workload, line, sleep)
    match line.phase.state:
        case Wish.STOPPED:
            return _asleep(workload, line, sleep, now)
        case Wish.RUNNING:
            return _waking(workload, sleep)
        case _:
            # On a schedule that only stops, whoever starts something by day gets its sizes and bounds back with it.
            woken = workload.running is Running.RUNNING and sleep.reached_at is not None
            return _waking(workload, sleep) if woken and line.phase.rule is not Rule.HOLD else None


def _asleep(workload: Workload, line: Line, sleep: Sleep, now: datetime) -> Move | None:
    if workload.running is Running.STOPPED:
        # Told to wake a moment ago and not to any more: what it has on record is a sleep like any other again.
        rests = sleep.reached_at is not None and sleep.waking_at is None
        return None if rests else Move(Verb.REACHED, workload, sleep)
    if workload.running is Running.STOPPING:
        return Move(Verb.WAIT, workload, sleep, "it is stopping")
    if workload.fallen:
        return Move(Verb.LEAVE, workload, sleep, workload.fallen)
    if sleep.reached_at is None:
        return Move(Verb.WAIT, workload, sleep, workload.busy) if workload.busy else Move(Verb.SLEEP, workload, sleep)
    return _woken(workload, line, sleep, now)


def _woken(workload: Workload, line: Line, sleep: Sleep, now: datetime) -> Move:
    """It slept and runs again: AWS or a person started it, or it was on its way up when the schedule changed."""
    who = sleep.started_by or _unseen(workload, sleep, now)
    if who != BY_AWS and line.phase.by_schedule and line.schedule.out_of_hours == "keep" and sleep.waking_at is None:
        return Move(Verb.KEEP, workload, sleep, f"started by {who}")
    if workload.busy:
        return Move(Verb.WAIT, workload, sleep, workload.busy)
    return Move(Verb.AGAIN, workload, sleep, "" if sleep.waking_at else f"started by {who}")


def _unseen(workload: Workload, sleep: Sleep, now: datetime) -> str:
    """Who started something, when no event told."""
    old = sleep.reached_at is not None and now - sleep.reached_at >= _SEVEN_DAYS
    return BY_AWS if old and workload.kind in _AWS_STARTS else "somebody"


def _waking(workload: Workload, sleep: Sleep) -> Move | None:
    up = workload.running is Running.RUNNING
    if workload.fallen and not (up and workload.ready):
        # A stop of our own has a reason too; what fell down after it was told to wake is another matter.
        verb = Verb.WAKE if workload.running is Running.STOPPED else Verb.WAIT
        told = sleep.waking_at or verb is Verb.WAIT
        return Move(verb, workload, sleep, workload.fallen if told else "")
    if up and _restored(workload, sleep):
        return (
            Move(Verb.AWAKE, workload, sleep) if workload.ready else Move(Verb.WAIT, workload, sleep, _coming(workload))
        )
    if workload.running is Running.STOPPING:
        return Move(Verb.WAIT, workload, sleep, "it is still stopping")
    if workload.busy:
        return Move(Verb.WAIT, workload, sleep, workload.busy)
    return Move(Verb.WAKE, workload, sleep)


def _restored(workload: Workload, sleep: Sleep) -> bool:
    """Whether it has what was saved of it; what it did not have then, such as scaling bounds since, is not ours."""
    size, saved = workload.size, sleep.saved
    missing = {name for name, value in saved.items() if name != SMALL and size.get(name) != value}
    # Within its bounds its scaling policies rule again from the first call on, and the morning's load may want more.
    grown = bool(sleep.waking_at) and "max" in saved and int(size.get("desired", 0)) > int(saved.get("desired", 0))
    return not missing or (grown and missing == {"desired"})


def _coming(workload: Workload) -> str:
    return workload.busy or "it is not complete yet"


def _given_back(workload: Workload, sleep: Sleep, phase: Phase, *, retained: bool) -> Move:
    """Whoever started it stopped it again. What we had put to sleep goes on sleeping, and wakes in the morning."""
    if not sleep.slept or phase.state is Wish.ANY or (phase.state is Wish.RUNNING and retained):
        return Move(Verb.RELEASE, workload, sleep, "it was stopped again")
    if workload.running is Running.STOPPING:
        return Move(Verb.WAIT, workload, sleep, "it is stopping")
    return Move(Verb.BACK, workload, sleep, "it was stopped again")


def _kept(workload: Workload, line: Line, sleep: Sleep) -> Move | None:
    """What somebody started out of hours stays until the next stop, and with retain_running over that one as well."""
    phase, retained = line.phase, line.schedule.retain_running
    if workload.running is not Running.RUNNING:
        return _given_back(workload, sleep, phase, retained=retained)
    if phase.state is Wish.STOPPED:
        stays = phase.id == sleep.phase or (retained and phase.by_schedule)
        return None if stays else Move(Verb.AGAIN, workload, sleep, "the next stop has come")
    if phase.state is Wish.ANY:
        return None
    if not _restored(workload, sleep):
        return _waking(workload, sleep)
    return None if retained else Move(Verb.RELEASE, workload, sleep, "it may run now")
