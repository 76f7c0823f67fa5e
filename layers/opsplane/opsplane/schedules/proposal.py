"""What an edge of a schedule would do to an environment."""

from datetime import datetime
from enum import StrEnum

from opsplane.model import Line, Model, Name
from opsplane.schedules.estate import Workload, WorkloadKind
from opsplane.schedules.schedule import Schedule, awake, local, next_edge


class Edge(StrEnum):
    """A change of what a schedule wants."""

    DOWN = "down"
    UP = "up"


class Proposal(Model):
    """A dry run of one edge: ids that would be stopped or started, those that stay with the reason, and a summary."""

    edge: Edge
    changes: tuple[Name, ...]
    stays: tuple[Line, ...]
    summary: Line


def propose(
    environment: str, edge: Edge, workloads: tuple[Workload, ...], schedule: Schedule, at: datetime
) -> Proposal:
    """What the edge would change, given what runs now."""
    down = edge is Edge.DOWN
    moving = [each for each in workloads if each.hindrance is None and (each.running if down else each.stopped)]
    stays = [f"{each.kind} {each.id} stays: {each.hindrance}" for each in workloads if each.hindrance]
    verb = "stop" if down else "start"
    return Proposal(
        edge=edge,
        changes=tuple(f"{each.kind} {each.id}" for each in moving),
        stays=tuple(stays),
        summary=f"observe: would {verb} {_count(moving)} of {environment}{_when(edge, schedule, at)}",
    )


def _count(workloads: list[Workload]) -> str:
    groups = ((kind, [each for each in workloads if each.kind is kind]) for kind in WorkloadKind)
    parts = [f"{len(some)} {kind}{_plural(len(some))}{_tasks(some)}" for kind, some in groups if some]
    return ", ".join(parts) or "nothing"


def _tasks(workloads: list[Workload]) -> str:
    tasks = sum(each.size for each in workloads if each.kind is WorkloadKind.SERVICE)
    return f" ({tasks} task{_plural(tasks)})" if tasks else ""


def _plural(count: int) -> str:
    return "" if count == 1 else "s"


def _when(edge: Edge, schedule: Schedule, at: datetime) -> str:
    """How long the state after the edge lasts; or when the edge comes, if the schedule does not want it yet."""
    due = next_edge(schedule, at)
    if due is None:
        return ""
    if awake(schedule, at) is (edge is Edge.DOWN):
        return f" at the next such edge, {local(schedule, due):%a %d %b %H:%M %Z}"
    hours = (due - at).total_seconds() / 3600
    word = "asleep" if edge is Edge.DOWN else "awake"
    saved = ", which saves that time of each" if edge is Edge.DOWN else ""
    return f", {word} for {hours:.1f} hours until {local(schedule, due):%a %d %b %H:%M %Z}{saved}"
