"""`opsplane savings`: what sleep saved, in money, from what really slept."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from opsplane.schedules.book import in_force
from opsplane.schedules.documented import Documented, documented
from opsplane.schedules.money import Saving, Savings, dollars, savings
from opsplane.schedules.workload import words_of

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import columns, out, print_json, said
from opsplane_cli.outside import outside
from opsplane_cli.timetables import desk_of


def show(
    context: typer.Context,
    *,
    env: Annotated[str | None, typer.Option("--env", help="One environment; else all.", metavar="NAME")] = None,
    month: Annotated[str | None, typer.Option("--month", help="YYYY-MM; else this one.", metavar="MONTH")] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Tell what sleep saved, in money.

    In a month, by workload, and beside it what ran although it should have slept. Money is counted from the moments
    at which things slept and woke, at list prices; the baseline is printed with it.
    """
    connection = outside(context).connect(environment)
    desk, kept = desk_of(connection)
    now = desk.ports.now()
    since, until = month_of(month, now)
    force = in_force(kept, desk).timetable
    names = [env] if env else list(force.environments)
    found = [savings(name, (*desk.store.ended(name, since), *desk.store.sleeps(name)), since, until) for name in names]
    planned = {name: documented(name, force.timeline_of(name), now) for name in names if name in force.environments}
    if as_json:
        print_json(
            {
                "environments": [each.model_dump(mode="json") for each in found],
                "planned": {name: [each.model_dump(mode="json") for each in rows] for name, rows in planned.items()},
            }
        )
        return
    for each in found:
        _print(each)
    _print_planned(planned)
    out().print(said(f"Baseline: {found[0].baseline}.", "dim"))
    out().print(said(f"Prices: {found[0].prices}.", "dim"))


def month_of(text: str | None, now: datetime) -> tuple[datetime, datetime]:
    """First moment and end of a month in UTC; this month ends now.

    Raises:
        CommandError: it is no month, or has not begun.
    """
    try:
        since = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC) if text else now.astimezone(UTC).replace(day=1)
    except ValueError as error:
        message = f"{text!r} is no month; write 2026-11"
        raise CommandError(message, code=ExitCode.USAGE) from error
    since = since.replace(hour=0, minute=0, second=0, microsecond=0)
    if since > now:
        message = f"{text} has not begun"
        raise CommandError(message, code=ExitCode.USAGE)
    following = (since + timedelta(days=32)).replace(day=1)
    return since, min(following, now)


def _print(found: Savings) -> None:
    console = out()
    span = f"{found.since:%d %b %Y} to {found.until:%d %b %Y %H:%M} UTC"
    console.print(said(f"{found.environment} saved {dollars(found.usd)}", "bold"), said(span, "dim"))
    if found.workloads:
        _table(found.workloads, "saved")
        share = f" of {dollars(found.always_on)} that they cost awake all the time" if found.always_on else ""
        console.print(said(f"{found.hours:g} hours asleep in all{share}", "dim"))
    if found.ran:
        console.print(said("Ran although it should have slept:", "yellow"))
        _table(found.ran, "cost")
    console.print()


def _print_planned(planned: dict[str, tuple[Documented, ...]]) -> None:
    """The platform document's figures beside computed ones, a month in USD."""
    table = columns("environment", "planned", "always on", "by schedule", "what, in USD a month")
    for name, rows in planned.items():
        for row in rows:
            cells = (name, f"{row.document:g}", f"{row.always:.2f}", f"{row.scheduled:.2f}", row.item)
            table.add_row(*(said(cell) for cell in cells))
    if table.row_count:
        out().print(table)
        out().print()


def _table(rows: tuple[Saving, ...], word: str) -> None:
    table = columns("workload", "hours", word)
    for each in rows:
        money = "not in the price table" if each.usd is None else dollars(each.usd)
        table.add_row(said(words_of(each.key)), said(f"{each.hours:.2f}"), said(money))
    out().print(table)
