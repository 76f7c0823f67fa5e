"""`opsplane actions`."""

from typing import Annotated

import typer
from opsplane.actions.action import ActionState

from opsplane_cli.documents import action_document
from opsplane_cli.items import LOOK_BACK
from opsplane_cli.options import DEFAULT_ENVIRONMENT, DEFAULT_LIMIT, AsJson, Environment, Limit
from opsplane_cli.output import age, beside, columns, out, plural, print_aside, print_json, said, word
from opsplane_cli.outside import outside


def actions(
    context: typer.Context,
    *,
    state: Annotated[ActionState | None, typer.Option("--state", help="Only those in this state.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """List actions, last changed first.

    An action is a plan being carried out; those that wait for you are in the state awaiting_approval.
    """
    connection = outside(context).connect(environment)
    recent = connection.ports.ledger.recent_actions(LOOK_BACK if state else limit)
    found = [action for action in recent if state in {None, action.state}][:limit]
    if as_json:
        print_json({"actions": [action_document(action) for action in found]})
        return
    if not found:
        print_aside(f"no {state or ''} actions in {connection.place}".replace("_", " "))
        return
    table = columns("action", "state", "changed", "plan")
    now = connection.ports.now()
    for action in found:
        plan = said(f"{action.plan.playbook} on {action.plan.resource.id}")
        plan = beside(plan, said(plural(len(action.plan.steps), "step"), "dim"))
        table.add_row(said(action.id), word(action.state), age(action.updated_at, now), plan)
    out().print(table)
