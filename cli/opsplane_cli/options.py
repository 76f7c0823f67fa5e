"""Options that many commands share, named once so that they read the same everywhere."""

from typing import Annotated

import typer

Environment = Annotated[
    str,
    typer.Option(
        "--environment",
        "-e",
        envvar="OPSPLANE_ENVIRONMENT",
        help="Whose opsplane: dev, staging or prod.",
        metavar="NAME",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Note = Annotated[str, typer.Option("--note", help="A reason, kept in the item's trail.", metavar="TEXT")]
Wait = Annotated[bool, typer.Option("--wait/--no-wait", help="Follow it to its end.")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds to wait.", metavar="S")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many at most.", metavar="N")]

DEFAULT_ENVIRONMENT = "dev"
DEFAULT_TIMEOUT = 60.0
DEFAULT_LIMIT = 20
