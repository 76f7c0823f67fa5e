"""`opsplane env start|stop|status`: wake an environment or put it to sleep now, and see how it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from opsplane.schedules import book
from opsplane.schedules.book import Desk
from opsplane.schedules.money import dollars
from opsplane.schedules.override import OverrideKind
from opsplane.schedules.proposal import Proposal
from opsplane.schedules.reconcile import imagined, status_of
from opsplane.schedules.store import Kept
from opsplane.schedules.timeline import Wish, in_utc
from opsplane.schedules.timetable import Timetable
from opsplane.schedules.wanted import next_edge, next_edge_to, relevant, wanted
from opsplane.schedules.workload import words_of

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment, Timeout, Wait
from opsplane_cli.output import columns, out, print_aside, print_json, said, spinning
from opsplane_cli.outside import outside
from opsplane_cli.overrides import For, Reason, Until
from opsplane_cli.settling import follow
from opsplane_cli.timetables import desk_of, end_in

Name = Annotated[str, typer.Argument(metavar="NAME", help="An environment: dev.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would happen, with the money.")]

_WAKE_FOR = timedelta(hours=2)
_PATIENCE = 900.0
"""RDS takes some minutes to start."""


@dataclass(frozen=True)
class _Asked:
    """What a person asked for."""

    kind: OverrideKind
    name: str
    reason: str
    until: str | None
    hours: float | None
    patience: float


def start(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    name: Name,
    reason: Reason = "",
    until: Until = None,
    hours: For = None,
    dry_run: DryRun = False,
    wait: Wait = False,
    timeout: Timeout = _PATIENCE,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Wake an environment now, for a while.

    For two hours, unless you say otherwise; then its schedule holds again.
    """
    asked = _Asked(OverrideKind.KEEP_ON, name, reason, until, hours, timeout if wait else 0.0)
    _override(context, asked, environment, dry_run=dry_run, as_json=as_json)


def stop(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    name: Name,
    reason: Reason = "",
    until: Until = None,
    hours: For = None,
    dry_run: DryRun = False,
    wait: Wait = False,
    timeout: Timeout = _PATIENCE,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Put an environment to sleep now.

    Until its schedule next starts it, unless you say otherwise.
    """
    asked = _Asked(OverrideKind.KEEP_OFF, name, reason, until, hours, timeout if wait else 0.0)
    _override(context, asked, environment, dry_run=dry_run, as_json=as_json)


def status(
    context: typer.Context,
    *,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One environment, with its workloads.")] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Tell what environments are to be, until when, and why.

    Of one that is named, how each of its workloads is, what is on record about it, and what comes next.
    """
    connection = outside(context).connect(environment)
    desk, kept = desk_of(connection)
    table = book.in_force(kept, desk).timetable
    if name is None:
        _print_all([_summary(each, table, desk, kept) for each in table.environments], as_json=as_json)
        return
    with spinning(f"looking at {name}"):
        found = status_of(name, desk, kept)
    summary = _summary(name, table, desk, kept)
    if as_json:
        print_json({**summary, "workloads": found})
        return
    _print_one(summary, found)


def _summary(name: str, table: Timetable, desk: Desk, kept: Kept) -> dict[str, Any]:
    now, timeline = desk.ports.now(), table.timeline_of(name)
    overrides = relevant(kept.overrides(name), name)
    wants, edge = wanted(timeline, overrides, now), next_edge(timeline, overrides, now)
    head = kept.head(name)
    return {
        "environment": name,
        "state": wants.state.value,
        "rule": wants.rule.value,
        "reason": wants.reason,
        "next_edge": in_utc(edge) if edge else None,
        "schedule": timeline.name,
        "asleep": head.open,
        "settled": head.quiet_until is not None,
        "looked_at": in_utc(head.looked_at) if head.looked_at else None,
    }


def _override(context: typer.Context, asked: _Asked, environment: str, *, dry_run: bool, as_json: bool) -> None:
    connection = outside(context).connect(environment)
    desk, kept = desk_of(connection)
    ends = _end(asked, desk, kept)
    if dry_run:
        with spinning(f"looking at {asked.name}"):
            found = imagined(asked.name, asked.kind, ends, desk, kept)
        _print_imagined(found, as_json=as_json)
        return
    if not asked.reason:
        message = "say why, with --reason: whoever wonders at three in the morning reads it"
        raise CommandError(message, code=ExitCode.USAGE)
    made = book.add_override(asked.name, asked.kind, connection.person, asked.reason, desk, end=ends)
    if not as_json:
        out().print(said(f"{made.id}  {made}", "green"))
    if asked.patience:
        follow(asked.name, made, desk.store, outside(context), asked.patience)
    if as_json:
        print_json(made.model_dump(mode="json"))
    elif not asked.patience:
        print_aside(f"the scheduler is told; `opsplane env status {asked.name}` shows how far it is")


def _print_imagined(found: Proposal, *, as_json: bool) -> None:
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    out().print(said(found.summary, "bold"))
    for line in (*(f"would stop {each}" for each in found.stops), *(f"would start {each}" for each in found.starts)):
        out().print(said(line))
    for line in found.stays:
        out().print(said(line, "dim"))
    if found.unpriced:
        out().print(said(f"not in the price table: {', '.join(map(words_of, found.unpriced))}", "dim"))


def _end(asked: _Asked, desk: Desk, kept: Kept) -> datetime:
    """Until when: as was said, else two hours for waking, and the next start of the schedule for sleep."""
    now, table = desk.ports.now(), book.in_force(kept, desk).timetable
    if asked.name not in table.environments:
        message = f"no schedule knows an environment {asked.name!r}"
        raise CommandError(message, advice=f"They know {', '.join(table.environments)}.", code=ExitCode.NOT_FOUND)
    timeline = table.timeline_of(asked.name)
    if said_so := end_in(asked.until, asked.hours, timeline.zone, now):
        return said_so
    if asked.kind is OverrideKind.KEEP_ON:
        return now + _WAKE_FOR
    edge = next_edge_to(Wish.RUNNING, timeline, (), now)
    if edge is None:
        message = f"the schedule of {asked.name} never starts it: say until when it sleeps"
        raise CommandError(message, advice="Add --until or --hours.", code=ExitCode.USAGE)
    return edge


def _print_all(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json({"environments": rows})
        return
    table = columns("environment", "wanted", "asleep", "next edge", "why")
    for row in rows:
        on_way = "" if row["settled"] or not row["looked_at"] else " (on its way)"
        style = {"running": "green", "stopped": "cyan"}.get(row["state"], "yellow")
        cells = [said(row["environment"], "bold"), said(f"{row['state']}{on_way}", style), said(row["asleep"])]
        table.add_row(*cells, said(row["next_edge"] or "none"), said(row["reason"]))
    out().print(table)


def _print_one(summary: dict[str, Any], found: list[dict[str, Any]]) -> None:
    until = f" until {summary['next_edge']}" if summary["next_edge"] else ""
    out().print(said(f"{summary['environment']}: {summary['state']}{until}", "bold"))
    out().print(said(summary["reason"], "dim"))
    table = columns("workload", "is", "on record", "an hour", "what next")
    for each in found:
        money = "?" if each["hourly"] is None else dollars(each["hourly"])
        style = {"running": "green", "stopped": "cyan"}.get(each["is"], "yellow")
        cells = [said(words_of(each["key"])), said(each["is"], style), said(each["record"] or "-"), said(money)]
        table.add_row(*cells, said(each["next"] or "nothing"))
    out().print(table)
