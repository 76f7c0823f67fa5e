"""`opsplane schedule check|push|pull|schema`: which schedules are in force."""

import json
from pathlib import Path
from typing import Annotated

import typer
from opsplane.schedules import book, source
from opsplane.schedules.schedule_file import ScheduleFile

from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment, Yes
from opsplane_cli.output import out, plural, print_aside, print_json, said
from opsplane_cli.outside import outside
from opsplane_cli.policy_files import text_of
from opsplane_cli.policy_force import document_of, tell_versions
from opsplane_cli.questions import ask
from opsplane_cli.timetables import desk_of, load

File = Annotated[Path, typer.Argument(metavar="FILE", help="A schedule file.")]


def check(context: typer.Context, *, file: File, as_json: AsJson = False) -> None:
    """Check a schedule file.

    Every field that is wrong is named.
    """
    found = load(file, outside(context).now())
    if as_json:
        print_json({"file": str(file), **_counts(found)})
        return
    counts = ", ".join(plural(count, noun) for noun, count in _counts(found).items())
    out().print(said(f"{file}: {counts}", "bold"))
    for name, environment in found.environments.items():
        out().print(said(f"{name} follows {environment.schedule}, mode {environment.mode}"))


def show_schema(*, as_json: AsJson = False) -> None:
    """Print the JSON Schema of a schedule file.

    Editors complete and check by it; `docs/schedule.schema.json` is the same.
    """
    print_json(source.schema()) if as_json else typer.echo(json.dumps(source.schema(), indent=2))


def push(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    file: File,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with it.", metavar="TEXT")],
    yes: Yes = False,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Put a schedule file in force.

    It counts from the next sweep on, and is checked first. Earlier versions are kept, and stay in force where a
    later opsplane cannot understand this one.
    """
    found = load(file, outside(context).now())
    connection = outside(context).connect(environment)
    desk, _ = desk_of(connection)
    if not yes:
        ask(f"Put {file} in force for {connection.place}?")
    pushed = book.push(found, text_of(file), connection.person, reason, desk)
    if as_json:
        print_json(document_of(pushed))
    else:
        out().print(said(f"{pushed.name} are in force in {connection.place}", "green"))


def pull(context: typer.Context, *, environment: Environment = DEFAULT_ENVIRONMENT, as_json: AsJson = False) -> None:
    """Print the schedule file in force, and who put it there.

    It is printed as it was written, comments included. While nobody pushed one, it is the file that opsplane ships
    with.
    """
    connection = outside(context).connect(environment)
    kept = connection.store.pushes()
    text = kept[0].source if kept else source.SHIPPED.read_text()
    if as_json:
        print_json({"versions": [document_of(each) for each in kept], "source": text})
        return
    if not kept:
        print_aside(f"the shipped schedules are in force in {connection.place}")
    tell_versions(kept, connection.ports.now())
    typer.echo(text, nl=False)


def _counts(file: ScheduleFile) -> dict[str, int]:
    return {
        "schedule": len(file.schedules),
        "environment": len(file.environments),
        "calendar": len(file.calendars),
    }
