"""`opsplane policy push` and `opsplane policy pull`: which policies are in force."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from opsplane.errors import InvalidPolicy
from opsplane.policies.source import parse_file
from opsplane.policies.version import Version
from opsplane.rulebook import put_in_force

from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment, Yes
from opsplane_cli.output import moment, out, print_aside, print_json, said
from opsplane_cli.outside import outside
from opsplane_cli.policy_files import hidden, load, text_of, warn
from opsplane_cli.questions import ask


def push(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A policy file; `base: shipped` for changes only.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with it.", metavar="TEXT")],
    yes: Yes = False,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Put a policy file in force, from the next event on.

    It is checked first. Earlier versions are kept, and stay in force where a later opsplane cannot understand this one.
    """
    policies = load(file)
    if unreached := hidden(policies):
        message = f"these policies are never reached: {', '.join(unreached)}"
        raise CommandError(message, advice="`opsplane policy check` says why.", code=ExitCode.USAGE)
    connection = outside(context).connect(environment)
    warn(policies)
    if not yes:
        ask(f"Put {file} in force for {connection.place}?")
    source = text_of(file)
    try:
        override = put_in_force(parse_file(source, str(file)), source, connection.person, reason, connection.ports)
    except InvalidPolicy as error:
        raise CommandError(str(error), code=ExitCode.USAGE) from error
    if as_json:
        print_json(document_of(override))
    else:
        out().print(said(f"{override.name} are in force in {connection.place}", "green"))


def pull(
    context: typer.Context,
    *,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Print the policy file in force, as it was written, and who put it there before.

    Nothing on standard output means that the shipped policies are in force.
    """
    connection = outside(context).connect(environment)
    kept = connection.ports.ledger.overrides()
    if as_json:
        print_json({"versions": [document_of(each) for each in kept], "source": kept[0].source if kept else None})
        return
    if not kept:
        print_aside(f"the shipped policies are in force in {connection.place}")
        return
    tell_versions(kept, connection.ports.now())
    typer.echo(kept[0].source, nl=False)


def tell_versions(kept: Sequence[Version], now: datetime) -> None:
    """Who put which version of a file in force, when and why, beside standard output."""
    for each in kept:
        print_aside(f"version {each.version}, {moment(each.at, now)}, {each.by}: {each.reason}")


def document_of(version: Version) -> dict[str, object]:
    """A version for programs, without the file itself."""
    return version.model_dump(mode="json", exclude={"source", "document"})
