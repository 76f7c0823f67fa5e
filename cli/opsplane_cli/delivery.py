"""Delivering one event by its route."""

import json
from dataclasses import dataclass
from typing import Any

from opsplane.model import JsonObject
from opsplane.ports import event_id

from opsplane_cli.connection import Connection
from opsplane_cli.exits import CommandError
from opsplane_cli.routes import Route, short_name


@dataclass(frozen=True)
class Delivery:
    """An event as it was delivered, and the function's answer when the route asks for one."""

    event: JsonObject
    answer: Any = None

    @property
    def event_id(self) -> str:
        """The id under which the ledger knows the event."""
        return event_id(self.event)


def deliver(event: JsonObject, route: Route, connection: Connection) -> Delivery:
    """Put the event on the default bus, or invoke the functions of its route.

    Raises:
        CommandError: the bus or a function did not take it.
    """
    if not route.why_direct:
        return _put(event, connection)
    if route.answers:
        return Delivery(event, _ask(event, route.functions[0], connection))
    for function in route.functions:
        # Asynchronous, as EventBridge itself invokes: with its repetitions and the function's failure destination.
        connection.client("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event))
    return Delivery(event)


def _put(event: JsonObject, connection: Connection) -> Delivery:
    entry = {
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "Resources": event.get("resources", []),
        "Time": event["time"],
    }
    answer = connection.client("events").put_events(Entries=[entry])["Entries"][0]
    if "EventId" not in answer:
        message = f"the bus did not take the event: {answer.get('ErrorCode')}: {answer.get('ErrorMessage')}"
        raise CommandError(message)
    # A bus gives each event an id of its own, and its account and region.
    stamped = {"id": answer["EventId"], "account": connection.account, "region": connection.region}
    return Delivery({**event, **stamped})


def _ask(event: JsonObject, function: str, connection: Connection) -> Any:
    answer = connection.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    text = answer["Payload"].read()
    told = json.loads(text) if text else None
    if answer.get("FunctionError"):
        reason = told.get("errorMessage", told) if isinstance(told, dict) else told
        advice = f"{connection.logs_of(short_name(function))} shows what it said."
        message = f"{function} failed: {reason}"
        raise CommandError(message, advice=advice)
    if isinstance(told, dict) and told.get("batchItemFailures"):
        failures = [one.get("itemIdentifier") for one in told["batchItemFailures"]]
        message = f"{function} gave {len(failures)} message(s) back: {failures}"
        raise CommandError(message)
    return told
