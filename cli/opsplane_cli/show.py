"""`opsplane show`: one item, whole."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Annotated

import typer
from opsplane.actions.action import Action, ActionState
from opsplane.errors import UnknownRecord
from opsplane.ledger.entry import Entry
from opsplane.ledger.item import Item
from opsplane.signals.signal import day
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from opsplane_cli.documents import action_document, entry_document, item_document
from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment
from opsplane_cli.output import age, beside, facts, moment, out, print_json, said, word
from opsplane_cli.outside import outside
from opsplane_cli.plans import steps_table, ways_forward


def show(
    context: typer.Context,
    *,
    item_id: Annotated[str, typer.Argument(metavar="ITEM", help="The id of an item, or of one of its actions.")],
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Show one item: resource, who, actions with before and after, and its trail."""
    ports = outside(context).connect(environment).ports
    wanted = item_id.partition(".")[0]
    item = ports.ledger.item(wanted)
    if item is None:
        message = f"there is no item {wanted}"
        raise UnknownRecord(message)
    actions, entries = ports.ledger.actions_of(item), ports.ledger.entries(item.id)
    if as_json:
        print_json(
            {
                "item": item_document(item),
                "actions": [action_document(action) for action in actions],
                "entries": [entry_document(entry) for entry in entries],
            }
        )
        return
    console = out()
    print_item(console, item, ports.now())
    for action in actions:
        print_action(console, action)
    print_trail(console, entries, ports.now())


def print_item(console: Console, item: Item, now: datetime) -> None:
    """The item's head: what, where, who, since when."""
    console.print(beside(said(item.id, "bold"), word(item.severity), word(item.state)))
    console.print(said(item.title))
    table = facts()
    table.add_row("resource", said(f"{item.resource.type} {item.resource.id}"))
    table.add_row("place", said(f"{item.environment}, account {item.resource.account}, {item.resource.region}"))
    if item.actor:
        table.add_row("who", said(item.actor))
    table.add_row("policy", said(item.policy or "none"))
    table.add_row("opened", said(moment(item.opened_at, now)))
    table.add_row("changed", said(moment(item.updated_at, now)))
    table.add_row("signals", str(item.signals))
    if item.due_at:
        overdue = item.due_at <= now
        table.add_row("answer by", said(moment(item.due_at, now), "bold red" if overdue else ""))
    for name, told in (("root cause", item.root_cause), ("impact", item.impact), ("follow-up", item.follow_up)):
        if told:
            table.add_row(name, said(told))
    console.print(Padding(table, (1, 0, 0, 2)))


def print_action(console: Console, action: Action) -> None:
    """One action: why, its steps, and what can be done about it now."""
    console.print()
    console.print(beside(said(f"Action {action.id}", "bold"), word(action.state)))
    console.print(Padding(said(action.reason), (0, 0, 0, 2)))
    if action.error:
        console.print(Padding(said(action.error, "red"), (0, 0, 0, 2)))
    console.print(steps_table(ways_forward(action.plan)))
    if following := next_commands(action):
        console.print(Padding(said(following, "dim"), (0, 0, 0, 2)))


def next_commands(action: Action) -> str:
    """The commands that make sense now, or an empty text."""
    match action.state:
        case ActionState.AWAITING_APPROVAL:
            return f"→ opsplane approve {action.id}  or  opsplane reject {action.id}"
        case ActionState.VERIFIED | ActionState.APPLIED | ActionState.FAILED:
            return f"→ opsplane undo {action.id}"
        case _:
            return ""


def print_trail(console: Console, entries: Sequence[Entry], now: datetime) -> None:
    """Every entry, oldest first, under its UTC day."""
    for date, lines in groupby(entries, key=lambda entry: day(entry.at.astimezone(UTC))):
        console.print()
        console.print(Text.assemble(("Trail", "bold"), f"  {date} UTC"))
        console.print(Padding(_lines(list(lines), now), (0, 0, 0, 2)))


def _lines(entries: Sequence[Entry], now: datetime) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim", justify="right")
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold", ratio=1)
    for entry in entries:
        text = beside(said(entry.text), said(entry.by, "dim"))
        table.add_row(f"{entry.at.astimezone(UTC):%H:%M:%S}", age(entry.at, now), entry.kind.value, text)
    return table
