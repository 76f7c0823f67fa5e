"""Delivering an event by its route."""

from typing import Any

import pytest
from builders import group_opened
from opsplane_cli.connection import Connection
from opsplane_cli.delivery import deliver
from opsplane_cli.exits import CommandError
from opsplane_cli.routes import Route


@pytest.fixture
def connection(terminal: Any) -> Connection:
    """A connection to the terminal's fakes."""
    clients = {"events": terminal.bus, "lambda": terminal.functions}
    return Connection(
        terminal.deployment.ports, "ada", local=True, client=clients.__getitem__, session=None, store=terminal.store
    )


def test_a_bus_gives_the_event_its_id(connection: Connection, terminal: Any) -> None:
    """The ledger will know it under that one; everything else arrives as it was."""
    event = group_opened()

    delivered = deliver(event, Route(("f",), ("rule",)), connection)

    assert delivered.event_id == "put-1"
    assert {**delivered.event, "id": event["id"]} == event
    assert terminal.bus.put[0]["Time"] == event["time"]


def test_every_function_of_a_direct_route_is_invoked_as_eventbridge_does(connection: Connection, terminal: Any) -> None:
    """Asynchronously, each with the same envelope."""
    event = group_opened()

    deliver(event, Route(("f", "g"), why_direct="why"), connection)

    assert terminal.functions.invoked == [("f", "Event", event), ("g", "Event", event)]


def test_a_function_that_answers_is_waited_for(connection: Connection, terminal: Any) -> None:
    """Its answer is the delivery's."""
    terminal.functions.answer = [1, 2]

    assert deliver({"kind": "sweep"}, Route(("f",), why_direct="why", answers=True), connection).answer == [1, 2]


def test_what_the_bus_refuses_is_not_delivered(connection: Connection, terminal: Any) -> None:
    """PutEvents reports it in its answer, not as an error."""
    terminal.bus.refuses = "NotAuthorizedForSourceException"

    with pytest.raises(CommandError, match="NotAuthorizedForSourceException"):
        deliver(group_opened(), Route(("f",), ("rule",)), connection)
