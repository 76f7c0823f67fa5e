"""The list of commands, each loaded only when it is run.

boto3 and the core take most of a second to import; the list of commands must not wait for them.
"""

from importlib import import_module
from importlib.util import find_spec
from inspect import getdoc
from typing import Any

import typer
from rich.panel import Panel
from typer.core import TyperCommand, TyperGroup

from opsplane_cli.entries import GROUPS, MENU
from opsplane_cli.exits import MEANINGS, CommandError, ExitCode, explain
from opsplane_cli.output import facts, out, print_error


class Command(TyperCommand):
    """One command, alone."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options."""
        return _tidied(super().get_params(ctx))


class Menu(TyperGroup):
    """A group that shows stubs and loads the command that is run; expected errors end in one sentence."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options."""
        return _tidied(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help of typer, and below it what the exit codes mean."""
        super().format_help(ctx, formatter)
        codes = facts()
        for code, meaning in MEANINGS.items():
            codes.add_row(str(code.value), meaning)
        out().print(Panel(codes, title="Exit codes", title_align="left", border_style="dim"))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command itself in place of its stub."""
        name, stub, rest = super().resolve_command(ctx, args)
        ready = stub is None or isinstance(stub, Submenu)
        return name, stub if ready else load(self.full_name(str(name))), rest

    def full_name(self, name: str) -> str:
        """What the menu calls a command of this group."""
        return name

    def invoke(self, ctx: Any) -> Any:
        """Run the command; an expected error goes to standard error and decides the exit code."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            print_error("interrupted")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        except Exception as error:
            ending = explain(error)
            if ending is None:
                raise
            print_error(ending.message, ending.advice)
            raise typer.Exit(ending.code) from error


class Submenu(Menu):
    """The commands that share their first word; how they end is the whole menu's business."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help of typer alone."""
        TyperGroup.format_help(self, ctx, formatter)

    def full_name(self, name: str) -> str:
        """Both words."""
        return f"{self.name} {name}"

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        return TyperGroup.invoke(self, ctx)


def fill(app: typer.Typer) -> None:
    """Register a stub for each command; its help is all that is ever used of it."""
    groups: dict[str, typer.Typer] = {}
    for entry in MENU:
        group, _, name = entry.name.rpartition(" ")
        if group and group not in groups:
            summary, panel = GROUPS[group]
            groups[group] = typer.Typer(cls=Submenu, no_args_is_help=True, rich_markup_mode="rich")
            app.add_typer(groups[group], name=group, help=summary, rich_help_panel=panel)
        target = groups[group] if group else app
        target.command(name, help=entry.summary, rich_help_panel=None if group else entry.panel)(_stub)


def load(name: str) -> Any:
    """The command of that name, ready to run.

    Raises:
        CommandError: it belongs to the laptop platform, which is not installed.
    """
    entry = next(entry for entry in MENU if entry.name == name)
    module, _, function = entry.place.partition(":")
    if find_spec(module.partition(".")[0]) is None:
        message = f"`opsplane {name}` belongs to the local platform, which is not installed here"
        raise CommandError(message, advice="Run it in a checkout: uv run opsplane.")
    run = getattr(import_module(module), function)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    alone.command(
        entry.name.rpartition(" ")[2], cls=Command, help=_paragraphs(run), epilog=f"Example: {entry.example}"
    )(run)
    return typer.main.get_command(alone)


def _paragraphs(function: Any) -> str:
    """A docstring with each paragraph on one line, so that the help folds it where the terminal ends."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in (getdoc(function) or "").split("\n\n"))


def _tidied(params: list[Any]) -> list[Any]:
    """The same options; flags are shown without the type `<bool>`."""
    for param in params:
        if getattr(param, "is_flag", False):
            param.metavar = ""
    return params


def _stub() -> None:
    """Stands for a command in the list."""
