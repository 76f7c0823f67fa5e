"""What a person says about an item: `opsplane acknowledge`, `close`, `reopen`, `comment`, `review`."""

from typing import Annotated

import typer
from opsplane import handling
from opsplane.ledger.item import Item

from opsplane_cli.options import DEFAULT_ENVIRONMENT, AsJson, Environment, Note
from opsplane_cli.output import beside, out, print_json, said, word
from opsplane_cli.outside import outside

ItemId = Annotated[str, typer.Argument(metavar="ITEM", help="The id of an item, such as 7f3k2m9qxd.")]
RootCause = Annotated[
    str, typer.Option("--root-cause", help="Why it happened; what is critical or high wants it.", metavar="TEXT")
]


def acknowledge(
    context: typer.Context,
    *,
    item_id: ItemId,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Say that you have an open item in hand."""
    connection = outside(context).connect(environment)
    _print(handling.acknowledge(item_id, connection.person, connection.ports), as_json=as_json)


def close(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    item_id: ItemId,
    root_cause: RootCause = "",
    note: Note = "",
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Say that an item is done with.

    What is critical or high wants its root cause. What was contained stays so until somebody undoes it. The next signal
    of the same trouble opens the item again.
    """
    connection = outside(context).connect(environment)
    closed = handling.close(item_id, connection.person, connection.ports, note, root_cause)
    _print(closed, as_json=as_json)


def reopen(
    context: typer.Context,
    *,
    item_id: ItemId,
    note: Note = "",
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Say that an item that was done with is not."""
    connection = outside(context).connect(environment)
    _print(handling.reopen(item_id, connection.person, connection.ports, note), as_json=as_json)


def comment(
    context: typer.Context,
    *,
    item_id: ItemId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Your words, in one line.")],
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Add your words to an item's trail."""
    connection = outside(context).connect(environment)
    _print(handling.comment(item_id, connection.person, text, connection.ports), as_json=as_json)


def review(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    item_id: ItemId,
    root_cause: Annotated[str | None, typer.Option("--root-cause", help="Why it happened.", metavar="TEXT")] = None,
    impact: Annotated[str | None, typer.Option("--impact", help="What it did.", metavar="TEXT")] = None,
    follow_up: Annotated[str | None, typer.Option("--follow-up", help="What is to be done.", metavar="TEXT")] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Write down what was learned of an item.

    A field that is not given stays as it is; an empty one is taken back.
    """
    connection = outside(context).connect(environment)
    reviewed = handling.review(
        item_id, connection.person, connection.ports, root_cause=root_cause, impact=impact, follow_up=follow_up
    )
    _print(reviewed, as_json=as_json)


def _print(item: Item, *, as_json: bool) -> None:
    if as_json:
        print_json({"item": item.model_dump(mode="json")})
        return
    out().print(beside(said(item.id, "bold"), word(item.state), said(item.title)))
