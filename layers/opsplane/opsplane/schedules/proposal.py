"""What a pass does or would do, in words and money."""

from collections.abc import Iterable
from datetime import datetime

from opsplane.model import Line, Model, Name
from opsplane.schedules.decide import DOWN, Move, Verb
from opsplane.schedules.money import dollars
from opsplane.schedules.workload import WorkloadKind


class Proposal(Model):
    """What would be stopped and started, what stays and why, and the money.

    `usd` is what the stops would save until `until`, by list prices; `unpriced` is what the table does not know.
    """

    environment: Name
    stops: tuple[Line, ...]
    starts: tuple[Line, ...]
    waits: tuple[Line, ...]
    stays: tuple[Line, ...]
    until: datetime | None
    hours: float | None
    usd: float | None
    unpriced: tuple[Name, ...]
    summary: Line


def propose(environment: str, moves: Iterable[Move], at: datetime, until: datetime | None, clock: str) -> Proposal:
    """The proposal that moves mean; `until` is the next edge and `clock` the same for people."""
    every = [each for each in moves if each.workload.kind is not WorkloadKind.ALARM]
    down = [each for each in every if each.verb in DOWN or (each.verb is Verb.WAIT and not _rises(each))]
    up = [each for each in every if each.verb is Verb.WAKE or (each.verb is Verb.WAIT and _rises(each))]
    hours = (until - at).total_seconds() / 3600 if until else None
    priced = sum(each.workload.hourly for each in down if each.workload.hourly is not None)
    return Proposal(
        environment=environment,
        stops=tuple(str(each.workload) for each in down),
        starts=tuple(str(each.workload) for each in up),
        waits=tuple(f"{each.workload}: {each.reason}" for each in every if each.verb is Verb.WAIT),
        stays=tuple(f"{each.workload} stays: {each.reason}" for each in every if each.verb is Verb.LEAVE),
        until=until,
        hours=round(hours, 2) if hours is not None else None,
        usd=round(priced * hours, 2) if hours is not None and down else None,
        unpriced=tuple(each.workload.key for each in down if each.workload.hourly is None),
        summary=f"{environment}{_summary(down, up, hours * priced if hours else 0.0, clock)}",
    )


def _rises(waiting: Move) -> bool:
    """Whether what waits is on its way up: it was asleep already."""
    return waiting.sleep is not None and waiting.sleep.reached_at is not None


def _summary(down: list[Move], up: list[Move], saved: float, clock: str) -> str:
    if down:
        until = f" until {clock}" if clock else ""
        return f" goes to sleep{until}: {count(down)}{f', which saves {dollars(saved)}' if saved else ''}"
    until = f", awake until {clock}" if clock else ""
    return f" wakes: {count(up)}{until}" if up else ": nothing to stop or to start"


def count(moves: list[Move]) -> str:
    """How many of each kind: `2 ECS services (5 tasks), 1 RDS instance`."""
    parts = []
    for kind in WorkloadKind:
        some = [each for each in moves if each.workload.kind is kind]
        if some:
            plural = "" if len(some) == 1 else "s"
            parts.append(f"{len(some)} {kind.words}{plural}{_tasks(some) if kind is WorkloadKind.SERVICE else ''}")
    return ", ".join(parts)


def _tasks(moves: list[Move]) -> str:
    sizes = [each.sleep.saved if each.sleep else each.workload.size for each in moves]
    tasks = sum(int(size.get("desired", 0)) for size in sizes)
    return f" ({tasks} task{'' if tasks == 1 else 's'})"
