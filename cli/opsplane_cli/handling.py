"""`opsplane acknowledge` and `opsplane close`: what a person says about an item."""

from typing import Annotated

import typer
from opsplane import commands
from opsplane.ledger.item import Item

from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment, Note
from opsplane_cli.output import out, print_json, said, word
from opsplane_cli.outside import outside

ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="The id of an item, such as 7f3k2m9qxd.")]


def acknowledge(
    context: typer.Context,
    *,
    item_id: ItemId,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Say that you have an open item in hand."""
    connection = outside(context).connect(environment)
    _print(commands.acknowledge(item_id, connection.person, connection.ports), as_json=as_json)


def close(
    context: typer.Context,
    *,
    item_id: ItemId,
    note: Note = "",
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Say that an item is done with.

    What was contained stays so until somebody undoes it. The next signal of the same trouble opens the item again.
    """
    connection = outside(context).connect(environment)
    _print(commands.close(item_id, connection.person, connection.ports, note), as_json=as_json)


def _print(item: Item, *, as_json: bool) -> None:
    if as_json:
        print_json({"item": item.model_dump(mode="json")})
        return
    out().print(said(item.id, "bold").append("  ").append_text(word(item.state)).append_text(said(f"  {item.title}")))
