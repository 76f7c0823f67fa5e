"""The list of commands."""

import inspect
import subprocess
import sys
from importlib import import_module
from typing import Any

import pytest
from opsplane_cli.exits import CommandError
from opsplane_cli.menu import MENU, Entry, load


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.name)
def test_every_entry_leads_to_a_documented_function(entry: Entry) -> None:
    """The menu names modules as text, so a test follows each name."""
    module, _, function = entry.place.partition(":")

    found = getattr(import_module(module), function)

    assert inspect.getdoc(found)


@pytest.mark.parametrize("entry", [each for each in MENU if "opsplane_cli" in each.place], ids=lambda entry: entry.name)
def test_the_menu_says_what_the_command_says(entry: Entry) -> None:
    """One line, written in two places because the second one is loaded later."""
    module, _, function = entry.place.partition(":")

    first = str(inspect.getdoc(getattr(import_module(module), function))).splitlines()[0]

    assert first == entry.summary


@pytest.mark.parametrize("entry", MENU, ids=lambda entry: entry.name)
def test_every_command_has_help_with_an_example(terminal: Any, entry: Entry) -> None:
    """And the example is a call of that very command."""
    result = terminal.run(*entry.name.split(), "--help")

    assert result.exit_code == 0
    assert "Example:" in result.stdout
    assert f"opsplane {entry.name}" in result.stdout
    assert "<bool>" not in result.stdout


@pytest.mark.parametrize("entry", [each for each in MENU if "opsplane_cli" in each.place], ids=lambda entry: entry.name)
def test_every_command_of_ours_speaks_json(entry: Entry) -> None:
    """`--json` everywhere."""
    assert "--json" in {option for param in load(entry.name).params for option in param.opts}


def test_the_list_of_commands_loads_neither_boto3_nor_the_core() -> None:
    """They take most of a second; `--help` must not wait for them."""
    program = (
        "import sys; from opsplane_cli.main import app; app(['--help'], standalone_mode=False);"
        "sys.exit(','.join({'boto3', 'pydantic', 'opsplane.bootstrap', 'opsplane_local'} & set(sys.modules)) or 0)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_command_of_a_platform_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deployment image has no laptop platform."""
    monkeypatch.setitem(sys.modules, "opsplane_local", None)

    with pytest.raises(CommandError) as caught:
        load("up")

    assert "uv run opsplane" in caught.value.advice
