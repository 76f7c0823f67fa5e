"""The `opsplane` command."""

import sys
from typing import Annotated

import typer
from opsplane import __version__

from opsplane_cli.menu import Menu, fill

app = typer.Typer(
    name="opsplane",
    cls=Menu,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)
fill(app)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if wanted:
        typer.echo(f"opsplane {__version__}")
        raise typer.Exit


@app.callback()
def opsplane(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """An ops control plane for AWS: it hears, decides, acts so that it can be undone, records and tells.

    Works on the account that AWS_PROFILE or AWS_* variables point to, or on the local platform while one runs.
    """


def main() -> None:
    """Run the command line; names from AWS may hold signs that this terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    app()
