"""`opsplane freeze` and `opsplane thaw`: hold an environment still."""

from datetime import timedelta
from typing import Annotated

import typer
from opsplane import commands
from opsplane.decisions.freeze import Freeze

from opsplane_cli.connection import Connection
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import facts, out, print_aside, print_json, said
from opsplane_cli.outside import outside

Held = Annotated[
    str | None,
    typer.Argument(metavar="[ENVIRONMENT]", help="What to hold still, such as prod; `*` for everything."),
]
Reason = Annotated[str, typer.Option("--reason", help="Why; whoever is asked about a plan reads it.", metavar="TEXT")]
Hours = Annotated[float | None, typer.Option("--hours", min=0.1, help="For how long; else until a thaw.", metavar="H")]


def freeze(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    held: Held = None,
    reason: Reason = "",
    hours: Hours = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Hold an environment still, or list what is held.

    While it is frozen, whatever opsplane would enforce there is asked about. Findings are still told, and what a person
    approves is done.
    """
    connection = outside(context).connect(environment)
    if held is None:
        _print(connection, connection.ports.ledger.freezes(), as_json=as_json)
        return
    if not reason:
        message = f"{held} is not frozen: there is no reason"
        raise CommandError(message, advice="Say why with --reason.", code=ExitCode.USAGE)
    until = connection.ports.now() + timedelta(hours=hours) if hours else None
    frozen = commands.freeze(held, connection.person, reason, until, connection.ports)
    _print(connection, (frozen,), as_json=as_json)


def thaw(
    context: typer.Context,
    *,
    held: Annotated[str, typer.Argument(metavar="ENVIRONMENT", help="What was held still; `*` as it was given.")],
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Lift a freeze."""
    connection = outside(context).connect(environment)
    commands.thaw(held, connection.ports)
    if as_json:
        print_json({"thawed": held})
        return
    out().print(said(f"{held} is no longer frozen", "bold"))


def _print(connection: Connection, freezes: tuple[Freeze, ...], *, as_json: bool) -> None:
    if as_json:
        print_json({"freezes": [each.model_dump(mode="json") for each in freezes]})
        return
    if not freezes:
        print_aside(f"nothing is frozen in {connection.place}")
        return
    table = facts()
    now = connection.ports.now()
    for each in sorted(freezes, key=lambda each: each.environment):
        over = "" if each.until is None or now < each.until else " (over)"
        table.add_row(each.environment, said(f"{each}{over}"))
    out().print(table)
