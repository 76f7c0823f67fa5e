"""`opsplane unhandled`: what waits in the unhandled queue, and sending it back in."""

from dataclasses import replace
from typing import Annotated, Any

import typer

from opsplane_cli.connection import Connection
from opsplane_cli.delivery import Delivery
from opsplane_cli.exits import explain
from opsplane_cli.follow import Watch
from opsplane_cli.options import DEFAULT_ENVIRONMENT, DEFAULT_TIMEOUT, AsJson, Environment, Limit, Timeout
from opsplane_cli.output import age, beside, columns, out, plural, print_aside, print_json, said, spinning
from opsplane_cli.outside import Outside, outside
from opsplane_cli.routes import NOTIFIER, Route
from opsplane_cli.samples import renewed
from opsplane_cli.send import print_sent, report_faults
from opsplane_cli.sending import Sent, document, follow_up, hand_over
from opsplane_cli.waiting import UnhandledEvents, Waiting


def unhandled(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    *,
    redrive: Annotated[bool, typer.Option("--redrive", help="Send them back in and follow them.")] = False,
    only: Annotated[
        list[str] | None, typer.Option("--event", metavar="ID", help="Only the event of this id; may be repeated.")
    ] = None,
    limit: Limit = 100,
    timeout: Timeout = DEFAULT_TIMEOUT,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
) -> None:
    """List events that could not be handled, or send them back in.

    With --redrive each goes to the function that gave up on it, under a new id, and leaves the queue once that function
    has it. One that is refused again comes back to the queue, and the command ends with exit code 6.
    """
    world = outside(context)
    connection = world.connect(environment)
    queue = UnhandledEvents(connection)
    with spinning("looking into the queue"):
        taken = queue.take(limit)
    chosen = tuple(waiting for waiting in taken if not only or waiting.event_id in only)
    if redrive:
        queue.give_back(tuple(waiting for waiting in taken if waiting not in chosen))
        _redrive(chosen, queue, connection, Watch(world, timeout, lambda _: None), as_json=as_json)
        return
    queue.give_back(taken)
    if as_json:
        print_json({"unhandled": [_document(waiting) for waiting in chosen]})
    elif chosen:
        _print(chosen, connection)
    else:
        print_aside(f"nothing waits in {connection.place}")


def _redrive(
    messages: tuple[Waiting, ...], queue: UnhandledEvents, connection: Connection, watch: Watch, *, as_json: bool
) -> None:
    results = []
    for waiting in messages:
        with spinning(f"sending {waiting.event_id} back in") as spinner:
            sent = _send_back(waiting, queue, connection, watch.world)
            sent = sent if sent.fault else follow_up(sent, connection, replace(watch, tell=spinner.tell))
        results.append(sent)
        if not as_json:
            print_sent(out(), sent)
    if as_json:
        print_json({"redriven": [document(sent) for sent in results]})
    elif not results:
        print_aside(f"nothing waits in {connection.place}")
    report_faults(results)


def _send_back(waiting: Waiting, queue: UnhandledEvents, connection: Connection, world: Outside) -> Sent:
    """Hand one message to the function that gave up on it; it leaves the queue only after that."""
    route = Route((connection.named(waiting.function),), why_direct="it is sent back in")
    sent = Sent(file=f"event {waiting.event_id}", route=route)
    try:
        if waiting.function == NOTIFIER:
            queue.return_notice(waiting)
            sent = replace(sent, delivery=Delivery({"id": waiting.event_id}), began=world.clock())
        else:
            # A function answers an id that it knows from memory, so the event needs a new one.
            sent = hand_over(sent, renewed(waiting.event), connection, world)
    except Exception as error:
        fault = explain(error)
        if fault is None:
            raise
        queue.give_back((waiting,))
        return replace(sent, fault=fault)
    queue.remove(waiting)
    return sent


def _print(messages: tuple[Waiting, ...], connection: Connection) -> None:
    now = connection.ports.now()
    table = columns("kept", "by", "what")
    for waiting in messages:
        what = beside(said(waiting.subject), said(waiting.event_id, "dim"))
        table.add_row(age(waiting.kept_at, now), said(waiting.function), what)
        table.add_row("", "", said(waiting.reason, "red"))
    console = out()
    console.print(table)
    console.print(said(f"{plural(len(messages), 'event')} → opsplane unhandled --redrive", "dim"))


def _document(waiting: Waiting) -> dict[str, Any]:
    return {
        "event_id": waiting.event_id,
        "message_id": waiting.message_id,
        "function": waiting.function,
        "reason": waiting.reason,
        "kept_at": waiting.kept_at.isoformat(),
        "event": waiting.event,
    }
