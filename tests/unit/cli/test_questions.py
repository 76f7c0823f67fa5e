"""Asking."""

from typing import Annotated

import pytest
import typer
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.questions import ask
from typer.testing import CliRunner

app = typer.Typer()


@app.command()
def command(question: Annotated[str, typer.Argument()] = "Go?") -> None:
    """Ask, then print to standard output."""
    ask(question)
    typer.echo("done")


def test_yes_goes_on_and_the_question_stands_on_standard_error() -> None:
    """Standard output belongs to results."""
    result = CliRunner().invoke(app, input="y\n")

    assert result.stdout == "done\n"
    assert "Go?" in result.stderr


@pytest.mark.parametrize(("typed", "code"), [("n\n", ExitCode.FAILED), ("\n", ExitCode.FAILED), ("", ExitCode.USAGE)])
def test_everything_else_stops(typed: str, code: ExitCode) -> None:
    """No, the default, and nobody there."""
    result = CliRunner().invoke(app, input=typed)

    assert isinstance(result.exception, CommandError)
    assert result.exception.code is code
    assert result.stdout == ""
