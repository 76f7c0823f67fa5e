"""`opsplane items`."""

from typing import Annotated

import typer
from opsplane.ledger.item import ItemState

from opsplane_cli.documents import item_document
from opsplane_cli.options import DEFAULT_ENVIRONMENT, DEFAULT_LIMIT, AsJson, Environment, Limit
from opsplane_cli.output import age, beside, columns, out, print_aside, print_json, said, word
from opsplane_cli.outside import outside

LOOK_BACK = 1000
"""Records that a filter looks through."""


def items(
    context: typer.Context,
    *,
    state: Annotated[ItemState | None, typer.Option("--state", help="Only those in this state.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """List operational items, last changed first.

    An item is one incident, non-compliance, drift or alarm; many signals about the same thing are one item.
    """
    connection = outside(context).connect(environment)
    recent = connection.ports.ledger.recent_items(LOOK_BACK if state else limit)
    found = [item for item in recent if state in {None, item.state}][:limit]
    if as_json:
        print_json({"items": [item_document(item) for item in found]})
        return
    if not found:
        print_aside(f"no {state or ''} items in {connection.place}")
        return
    table = columns("item", "severity", "state", "changed", "what")
    now = connection.ports.now()
    for item in found:
        what = said(item.title)
        if item.resource.id not in item.title:
            what = beside(what, said(item.resource.id, "dim"))
        overdue = item.due_at is not None and item.due_at <= now
        where = word(item.state).append(" overdue", style="bold red") if overdue else word(item.state)
        table.add_row(said(item.id), word(item.severity), where, age(item.updated_at, now), what)
    out().print(table)
