"""The commands, in the order in which `opsplane --help` shows them, each loaded only when it is run.

boto3 and the core take most of a second to import; the list of commands must not wait for them.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from inspect import getdoc
from typing import Any

import typer
from rich.panel import Panel
from typer.core import TyperCommand, TyperGroup

from opsplane_cli.exits import MEANINGS, CommandError, ExitCode, explain
from opsplane_cli.output import facts, out, print_error

LOOK = "Look"
DECIDE = "Decide"
SEND = "Try out and repair"
LAPTOP = "This laptop"


@dataclass(frozen=True)
class Entry:
    """One command: its name, its function as `module:function`, one line of help, its panel, and an example."""

    name: str
    place: str
    summary: str
    panel: str
    example: str


MENU: tuple[Entry, ...] = (
    Entry(
        "items",
        "opsplane_cli.items:items",
        "List operational items, last changed first.",
        LOOK,
        "opsplane items --state open",
    ),
    Entry(
        "show",
        "opsplane_cli.show:show",
        "Show one item: resource, who, actions with before and after, and its trail.",
        LOOK,
        "opsplane show 7f3k2m9qxd",
    ),
    Entry(
        "actions",
        "opsplane_cli.actions:actions",
        "List actions, last changed first.",
        LOOK,
        "opsplane actions --state awaiting_approval",
    ),
    Entry("playbooks", "opsplane_cli.rules:playbooks", "List what opsplane can do.", LOOK, "opsplane playbooks"),
    Entry(
        "policy list",
        "opsplane_cli.rules:policies",
        "List when opsplane acts, and how far it goes.",
        LOOK,
        "opsplane policy list",
    ),
    Entry(
        "policy explain",
        "opsplane_cli.foresee:explain",
        "Tell what would become of an event, and why.",
        LOOK,
        "opsplane policy explain events/cloudtrail/sg-open-ssh.json",
    ),
    Entry(
        "policy check",
        "opsplane_cli.policy_files:check",
        "Check a policy file.",
        LOOK,
        "opsplane policy check policies.yaml",
    ),
    Entry(
        "policy push",
        "opsplane_cli.policy_force:push",
        "Put a policy file in force, from the next event on.",
        DECIDE,
        'opsplane policy push policies.yaml --reason "prod may close groups itself"',
    ),
    Entry(
        "policy pull",
        "opsplane_cli.policy_force:pull",
        "Print the policy file in force, as it was written, and who put it there before.",
        LOOK,
        "opsplane policy pull > policies.yaml",
    ),
    Entry(
        "plan",
        "opsplane_cli.planning:plan",
        "Show what would be changed about an event, and change nothing.",
        LOOK,
        "opsplane plan events/cloudtrail/sg-open-ssh.json",
    ),
    Entry(
        "replay",
        "opsplane_cli.replaying:replay",
        "Try policies on past events, and tell what would have been different.",
        LOOK,
        "opsplane replay --since 7d --policies mine.yaml",
    ),
    Entry(
        "policy schema",
        "opsplane_cli.policy_files:show_schema",
        "Print the JSON Schema of a policy file.",
        LOOK,
        "opsplane policy schema",
    ),
    Entry(
        "approve",
        "opsplane_cli.decide:approve",
        "Agree to a plan, and follow it until it is verified.",
        DECIDE,
        "opsplane approve 7f3k2m9qxd.1",
    ),
    Entry(
        "reject",
        "opsplane_cli.decide:reject",
        "Refuse a plan.",
        DECIDE,
        'opsplane reject 7f3k2m9qxd.1 --note "the demo needs it until Friday"',
    ),
    Entry(
        "undo",
        "opsplane_cli.decide:undo",
        "Put back what an action changed, and follow it until it is back.",
        DECIDE,
        "opsplane undo 7f3k2m9qxd.1",
    ),
    Entry(
        "acknowledge",
        "opsplane_cli.handling:acknowledge",
        "Say that you have an open item in hand.",
        DECIDE,
        "opsplane acknowledge 7f3k2m9qxd",
    ),
    Entry(
        "close",
        "opsplane_cli.handling:close",
        "Say that an item is done with.",
        DECIDE,
        'opsplane close 7f3k2m9qxd --note "a penetration test"',
    ),
    Entry(
        "freeze",
        "opsplane_cli.freezing:freeze",
        "Hold an environment still, or list what is held.",
        DECIDE,
        'opsplane freeze prod --reason "sale until Monday" --hours 72',
    ),
    Entry("thaw", "opsplane_cli.freezing:thaw", "Lift a freeze.", DECIDE, "opsplane thaw prod"),
    Entry(
        "send",
        "opsplane_cli.send:send",
        "Send event files, and follow them to the end.",
        SEND,
        "opsplane send events/cloudtrail/sg-open-ssh.json --wait",
    ),
    Entry(
        "unhandled",
        "opsplane_cli.unhandled:unhandled",
        "List events that could not be handled, or send them back in.",
        SEND,
        "opsplane unhandled --redrive",
    ),
    Entry("up", "opsplane_local.commands:up", "Start the local platform.", LAPTOP, "opsplane up --detach"),
    Entry("down", "opsplane_local.commands:down", "Stop the local platform.", LAPTOP, "opsplane down"),
    Entry("status", "opsplane_local.commands:status", "Tell how the local platform is.", LAPTOP, "opsplane status"),
    Entry("logs", "opsplane_local.commands:logs", "Show its logs.", LAPTOP, "opsplane logs fleet"),
    Entry(
        "doctor", "opsplane_local.commands:doctor_command", "Check what this machine lacks.", LAPTOP, "opsplane doctor"
    ),
    Entry(
        "env", "opsplane_local.commands:env", "Print variables for other AWS tools.", LAPTOP, 'eval "$(opsplane env)"'
    ),
)


GROUPS = {"policy": ("When opsplane acts: list, explain and check policies.", LOOK)}
"""Commands of two words share the first one."""


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
