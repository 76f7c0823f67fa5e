"""The whole command line."""

from typing import Any

import pytest
from opsplane import __version__
from opsplane.errors import AccessDenied, ServiceUnavailable
from opsplane_cli.exits import MEANINGS
from opsplane_cli.main import app
from opsplane_cli.outside import Outside
from typer.testing import CliRunner


def ended(error: BaseException) -> Any:
    """How a command ends when connecting raises."""

    def connect(_: str) -> Any:
        raise error

    return CliRunner().invoke(app, ["items"], obj=Outside(connect=connect))


def test_help_lists_the_commands_and_the_exit_codes(terminal: Any) -> None:
    """Both are what a newcomer and a script need first."""
    told = " ".join(terminal.run("--help").stdout.split())

    assert "send Send event files" in told
    for code, meaning in MEANINGS.items():
        assert f"{code.value} {meaning}" in told


def test_no_command_shows_the_help(terminal: Any) -> None:
    """And is a usage error."""
    result = terminal.run()

    assert result.exit_code == 2
    assert "Usage: opsplane" in result.output


def test_the_version_is_printed(terminal: Any) -> None:
    """One line."""
    assert terminal.run("--version").stdout == f"opsplane {__version__}\n"


def test_an_unknown_command_suggests_a_known_one(terminal: Any) -> None:
    """A typing error is a usage error."""
    result = terminal.run("itmes")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "items" in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ServiceUnavailable("no answer"), 5, "error: no answer"),
        (AccessDenied("not you"), 5, "error: not you"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_an_expected_error_is_one_sentence(error: BaseException, code: int, words: str) -> None:
    """On standard error, without a traceback, and standard output stays empty."""
    result = ended(error)

    assert (result.exit_code, result.stdout) == (code, "")
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bug_is_not_hidden() -> None:
    """What nobody expected comes out as it is."""
    result = ended(KeyError("bug"))

    assert isinstance(result.exception, KeyError)


def test_hostile_text_in_an_error_is_harmless() -> None:
    """Errors carry names from AWS."""
    result = ended(AccessDenied("\x1b[2J[red]x[/red]\nsecond line"))

    assert result.stderr.splitlines()[0] == "error: [2J[red]x[/red] second line"
