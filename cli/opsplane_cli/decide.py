"""`opsplane approve`, `reject` and `undo`: what a person decides about an action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import typer
from opsplane import commands
from opsplane.actions.action import Action, ActionState
from opsplane.errors import UnknownRecord
from opsplane.playbooks.plan import Plan
from opsplane.ports import Ports

from opsplane_cli.connection import Connection
from opsplane_cli.documents import action_document
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.follow import MOVING, Watch, follow_action
from opsplane_cli.options import (
    DEFAULT_ENVIRONMENT,
    DEFAULT_TIMEOUT,
    AsJson,
    Environment,
    Note,
    Timeout,
    Wait,
    Yes,
)
from opsplane_cli.output import err, out, print_json, said, spinning, word
from opsplane_cli.outside import Outside, outside
from opsplane_cli.plans import Way, steps_table, ways_back, ways_forward
from opsplane_cli.questions import ask

ActionId = Annotated[str, typer.Argument(metavar="ACTION", help="The id of an action, such as 7f3k2m9qxd.1.")]


@dataclass(frozen=True)
class Verdict:
    """One thing that a person may decide: what it leads to, how it is asked, and the steps that the question shows."""

    command: Callable[[str, str, Ports, str], Action]
    leads_to: ActionState
    title: str
    question: str
    ways: Callable[[Plan], tuple[Way, ...]]


_APPROVE = Verdict(commands.approve, ActionState.APPROVED, "This will be changed in", "Go ahead?", ways_forward)
_UNDO = Verdict(commands.undo, ActionState.UNDOING, "This will be put back in", "Put it back?", ways_back)


def approve(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    action_id: ActionId,
    note: Note = "",
    yes: Yes = False,
    wait: Wait = True,
    timeout: Timeout = DEFAULT_TIMEOUT,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Agree to a plan, and follow it until it is verified.

    Shows what will be changed and asks. It is applied only where live state is still what the plan found.
    """
    world = outside(context)
    patience = timeout if wait else None
    connection = world.connect(environment)
    _decide(_APPROVE, action_id, connection, world, note=note, timeout=patience, yes=yes, as_json=as_json)


def reject(
    context: typer.Context,
    *,
    action_id: ActionId,
    note: Note = "",
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Refuse a plan.

    The same change is not asked about again until somebody makes it anew.
    """
    connection = outside(context).connect(environment)
    action = _find(connection, action_id)
    _print_end(commands.reject(action.id, connection.person, connection.ports, note), 0.0, as_json=as_json)


def undo(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    action_id: ActionId,
    note: Note = "",
    yes: Yes = False,
    wait: Wait = True,
    timeout: Timeout = DEFAULT_TIMEOUT,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """Put back what an action changed, and follow it until it is back.

    Shows what will be put back and asks. opsplane then leaves it so until somebody makes the change anew.
    """
    world = outside(context)
    patience = timeout if wait else None
    connection = world.connect(environment)
    _decide(_UNDO, action_id, connection, world, note=note, timeout=patience, yes=yes, as_json=as_json)


def _decide(  # noqa: PLR0913 - what `approve` and `undo` have in common
    verdict: Verdict,
    action_id: str,
    connection: Connection,
    world: Outside,
    *,
    note: str,
    timeout: float | None,
    yes: bool,
    as_json: bool,
) -> None:
    action = _find(connection, action_id)
    # A verdict that the state forbids fails here, before anybody is asked.
    action.move(verdict.leads_to, connection.ports.now())
    if not yes:
        _preview(f"{verdict.title} {connection.place}:", action, verdict.ways(action.plan))
        ask(verdict.question)
    began = world.clock()
    action = verdict.command(action.id, connection.person, connection.ports, note)
    if timeout is not None:
        with spinning(f"{action.id} {action.state}") as spinner:
            action = follow_action(connection.ports.ledger, action.id, Watch(world, timeout, spinner.tell))
    _print_end(action, round(world.clock() - began, 3), as_json=as_json)
    if timeout is not None:
        _check_end(action, timeout, connection)


def _find(connection: Connection, action_id: str) -> Action:
    ledger = connection.ports.ledger
    action = ledger.action(action_id) if "." in action_id else None
    if action:
        return action
    message = f"there is no action {action_id}"
    item = ledger.item(action_id.partition(".")[0])
    if item is None or not item.actions:
        raise UnknownRecord(message)
    known = ", ".join(f"{other.id} ({other.state})" for other in ledger.actions_of(item))
    raise CommandError(message, advice=f"Item {item.id} has {known}.", code=ExitCode.NOT_FOUND)


def _preview(title: str, action: Action, ways: tuple[Way, ...]) -> None:
    """Show a plan on standard error, where the question will stand."""
    console = err()
    console.print(said(title, "bold"))
    console.print(said(f"{action.plan.resource.type} {action.plan.resource.id}"))
    console.print(steps_table(ways))


def _print_end(action: Action, seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json({"action": action_document(action), "elapsed_seconds": seconds})
        return
    line = said(action.id, "bold").append("  ").append_text(word(action.state))
    out().print(line.append(f"  {seconds:.1f} s", style="dim"))


def _check_end(action: Action, timeout: float, connection: Connection) -> None:
    """Say so when a followed action did not end well."""
    look = f"`opsplane show {action.item_id}` has the trail"
    if action.state is ActionState.FAILED:
        message = f"{action.id} failed: {action.error or 'no reason is recorded'}"
        raise CommandError(message, advice=f"{look}.")
    if action.state in MOVING:
        message = f"{action.id} is still {action.state} after {timeout:g} s"
        logs = connection.logs_of("remediator")
        advice = f"It goes on without you: {look}, {logs} what the function says."
        raise CommandError(message, advice=advice)
