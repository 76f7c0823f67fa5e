"""`opsplane override add|list|cancel`: dated exceptions to a schedule."""

from typing import Annotated, Any

import typer
from opsplane.schedules import book
from opsplane.schedules.override import Override, OverrideKind

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import columns, out, print_aside, print_json, said
from opsplane_cli.outside import outside
from opsplane_cli.timetables import desk_of, end_in, instant_in

Target = Annotated[
    str, typer.Argument(metavar="TARGET", help="An environment, or one workload of it: dev, dev/rds:orders.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; whoever wonders reads it.", metavar="TEXT")]
Until = Annotated[str | None, typer.Option("--until", help="Its end: 22:00, or ISO 8601.", metavar="INSTANT")]
From = Annotated[str | None, typer.Option("--from", help="Its start; else now.", metavar="INSTANT")]
For = Annotated[float | None, typer.Option("--hours", min=0.1, max=2208, help="For how long.", metavar="H")]


def add(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    target: Target,
    kind: Annotated[OverrideKind, typer.Argument(help="What you want.")],
    reason: Reason,
    until: Until = None,
    start: From = None,
    hours: For = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Make a dated exception to a schedule.

    It ends by itself. keep-on and keep-off hold until their end; skip-stop leaves out the next stop; hold: nothing
    is stopped or started.
    """
    connection = outside(context).connect(environment)
    desk, kept = desk_of(connection)
    force = book.in_force(kept, desk).timetable
    name = target.partition("/")[0]
    zone = force.timeline_of(name).zone if name in force.environments else "UTC"
    now = desk.ports.now()
    begins = instant_in(start, zone, now) if start else None
    ends = end_in(until, hours, zone, now, begins)
    if kind is OverrideKind.SKIP_STOP and (until or start or hours):
        message = "a skipped stop finds its own start and end; leave out --from, --until and --hours"
        raise CommandError(message, code=ExitCode.USAGE)
    made = book.add_override(target, kind, connection.person, reason, desk, start=begins, end=ends)
    if as_json:
        print_json(_document(made))
    else:
        out().print(said(f"{made.id}  {made}", "green"))


def show(
    context: typer.Context,
    *,
    every: Annotated[bool, typer.Option("--all", help="Also those that are over, of the last 90 days.")] = False,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """List exceptions.

    Whose, until when, by whom, and why.
    """
    connection = outside(context).connect(environment)
    now = outside(context).now()
    kept = connection.store.read().exceptions.values()
    found = sorted((each for some in kept for each in some.overrides if every or each.end > now), key=lambda o: o.start)
    if as_json:
        print_json({"overrides": [{**_document(each), "active": each.active(now)} for each in found]})
        return
    if not found:
        print_aside("there are no overrides; `opsplane override add` makes one")
        return
    table = columns("id", "target", "kind", "from and until, utc", "by and why")
    for each in found:
        style = "" if each.active(now) else "dim"
        span = f"{each.start:%d %b %H:%M} - {each.end:%d %b %H:%M}"
        row = (each.id, each.target, each.kind, span, f"{each.by}: {each.reason}")
        table.add_row(*(said(part, style) for part in row))
    out().print(table)


def cancel(
    context: typer.Context,
    *,
    override: Annotated[str, typer.Argument(metavar="ID", help="As `opsplane override list` shows it.")],
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """End an exception now."""
    connection = outside(context).connect(environment)
    desk, _ = desk_of(connection)
    ended = book.cancel_override(override, desk)
    if as_json:
        print_json(_document(ended))
    else:
        out().print(said(f"cancelled: {ended.id}  {ended}", "green"))


def _document(override: Override) -> dict[str, Any]:
    return override.model_dump(mode="json")
