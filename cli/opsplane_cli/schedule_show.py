"""`opsplane schedule show` and `opsplane schedule plan`: when what is awake, and why."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from opsplane.schedules.clock import instant
from opsplane.schedules.timeline import Timeline, Wish, in_utc
from opsplane.schedules.wanted import next_edge, relevant, wanted
from rich.text import Text

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import beside, out, print_json, said
from opsplane_cli.outside import outside
from opsplane_cli.timetables import View, instant_in, known, view_of

Env = Annotated[str | None, typer.Option("--env", help="One environment; else all.", metavar="NAME")]
FromFile = Annotated[
    Path | None, typer.Option("--file", "-f", help="A schedule file; no account is asked.", metavar="FILE")
]

_SIGNS = {Wish.RUNNING: ("█", "green"), Wish.STOPPED: ("·", "dim"), Wish.ANY: ("░", "yellow")}
_HALF_HOURS = 48


def show(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    env: Env = None,
    days: Annotated[int, typer.Option("--days", min=1, max=31, help="How many days.", metavar="N")] = 7,
    file: FromFile = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Show when environments are awake, as a picture.

    One sign is half an hour on the schedule's clock. Exceptions that people made are in it.
    """
    view = view_of(context, environment, file)
    names = [known(view, env)] if env else list(view.timetable.environments)
    now = outside(context).now()
    if as_json:
        print_json({"schedules": view.name, "environments": [_days(view, name, now, days) for name in names]})
        return
    for name in names:
        _print(view, name, now, days)


def plan(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    at: Annotated[str, typer.Option("--at", help="A moment: ISO 8601, 22:00, or now.", metavar="INSTANT")] = "now",
    env: Env = None,
    file: FromFile = None,
    name: Annotated[str | None, typer.Option("--name", help="A schedule of the file.", metavar="NAME")] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Tell what is wanted at a moment, and why.

    And when that changes. running, stopped, or any: whatever it is, it stays. One printed precedence decides: hold,
    override, maintenance,
    holiday, schedule.
    """
    view = view_of(context, environment, file)
    timeline = _chosen(view, env, name)
    moment = instant_in(at, timeline.zone, outside(context).now())
    overrides = relevant(view.overrides(env), env) if env else ()
    wants = wanted(timeline, overrides, moment)
    edge = next_edge(timeline, overrides, moment)
    document = {
        "at": in_utc(moment),
        "local": timeline.local(moment).isoformat(),
        "environment": env,
        "schedule": timeline.name,
        "state": wants.state.value,
        "rule": wants.rule.value,
        "reason": wants.reason,
        "next_edge": in_utc(edge) if edge else None,
        "next_state": wanted(timeline, overrides, edge).state.value if edge else None,
    }
    if as_json:
        print_json(document)
        return
    out().print(said(env or timeline.name, "bold"), said(wants.state.value, _SIGNS[wants.state][1]))
    out().print(said(f"{wants.rule}: {wants.reason}"))
    after = f"then {document['next_state']} from {timeline.local(edge):%a %d %b %H:%M %Z}" if edge else ""
    out().print(said(after or "nothing changes within a year", "dim"))


def _chosen(view: View, env: str | None, name: str | None) -> Timeline:
    if name is not None:
        if name not in view.timetable.timelines:
            message = f"{view.name} know no schedule {name!r}"
            there = f"They know {', '.join(view.timetable.timelines)}."
            raise CommandError(message, advice=there, code=ExitCode.NOT_FOUND)
        return view.timetable.timelines[name]
    if env is None:
        message = "say whose plan: --env NAME, or --file FILE --name SCHEDULE"
        raise CommandError(message, code=ExitCode.USAGE)
    return view.timetable.timeline_of(known(view, env))


def _days(view: View, name: str, now: datetime, days: int) -> dict[str, Any]:
    timeline = view.timetable.timeline_of(name)
    overrides = relevant(view.overrides(name), name)
    spans, at = [], now
    while (end := next_edge(timeline, overrides, at)) and at < now + timedelta(days=days):
        spans.append(_span(timeline, overrides, at, end))
        at = end
    if end is None:
        spans.append(_span(timeline, overrides, at, None))
    return {"environment": name, "schedule": timeline.name, "zone": timeline.zone, "spans": spans}


def _span(timeline: Timeline, overrides: Any, start: datetime, end: datetime | None) -> dict[str, Any]:
    wants = wanted(timeline, overrides, start)
    ends = in_utc(end) if end else None
    return {"from": in_utc(start), "to": ends, "state": wants.state.value, "rule": wants.rule.value}


def _print(view: View, name: str, now: datetime, days: int) -> None:
    timeline = view.timetable.timeline_of(name)
    overrides = relevant(view.overrides(name), name)
    console = out()
    hours = 0.0
    console.print(said(name, "bold"), said(f"{timeline.name}, {timeline.zone}", "dim"))
    console.print(Text(f"            {''.join(f'{hour:<6}' for hour in range(0, 24, 3))}", style="dim"))
    today = timeline.local(now).date()
    for number in range(days):
        day = today + timedelta(days=number)
        line = Text(f"{day:%a %d %b}  ", style="bold" if number == 0 else "")
        for half in range(_HALF_HOURS):
            moment = instant(day, half * 30, timeline.zone)
            wants = wanted(timeline, overrides, moment)
            sign, style = _SIGNS[wants.state]
            here = moment <= now < moment + timedelta(minutes=30)
            line.append("◆" if here else sign, style="bold" if here else _style(wants.rule, style))
            hours += 0.5 if wants.state is Wish.STOPPED else 0.0
        console.print(line)
    legend = [said(f"{sign} {state}", "dim") for state, (sign, _) in _SIGNS.items()]
    console.print(beside(said(f"asleep {hours:g} of {24 * days} hours", "dim"), *legend, said("◆ now", "dim")))
    for each in overrides:
        if each.end > now:
            console.print(said(f"{each.id}  {each}", "yellow"))
    console.print()


def _style(rule: str, style: str) -> str:
    return {"override": "yellow", "hold": "yellow", "maintenance": "cyan"}.get(rule, style)
