"""One event from its file to what became of it."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from opsplane.actions.action import Action, ActionState
from opsplane.ledger.entry import Entry
from opsplane.ledger.item import Item
from opsplane.model import JsonObject

from opsplane_cli.connection import Connection
from opsplane_cli.delivery import Delivery, deliver
from opsplane_cli.documents import action_document, entry_document, item_document, record_document
from opsplane_cli.exits import CommandError, ExitCode, explain
from opsplane_cli.follow import Sight, Watch, expected_records, follow_event, follow_notices, items_of
from opsplane_cli.outside import Outside
from opsplane_cli.routes import REMEDIATOR, Route, Rule, choose, short_name
from opsplane_cli.samples import Sample, renewed

_SAMPLES_ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Sent:
    """What is known of one sent event.

    Attributes:
        file: The file that it came from.
        scene: What was put in place for it; empty when nothing was.
        route: The way that it took, unless it failed before.
        delivery: How it was delivered, unless it was not.
        sight: What the ledger showed last; None when nobody waited.
        items: The items that it belongs to, as they are now.
        notices: What their trails say about notices since.
        began: When it was delivered, on the clock of `Outside`.
        seconds: From then until nothing moved any more; notices are not counted.
        fault: Why it did not end well, if it did not.
    """

    file: str
    scene: str = ""
    route: Route | None = None
    delivery: Delivery | None = None
    sight: Sight | None = None
    items: tuple[Item, ...] = ()
    notices: tuple[Entry, ...] = ()
    began: float = 0.0
    seconds: float = 0.0
    fault: CommandError | None = None

    @property
    def event_id(self) -> str | None:
        """The id under which the ledger will know the event, if it will."""
        return self.delivery.event_id if self.delivery and self.route and not self.route.answers else None

    @property
    def action(self) -> Action | None:
        """Its first action."""
        return self.sight.actions[0] if self.sight and self.sight.actions else None


@dataclass(frozen=True)
class Prepared:
    """What to send for a sample, and what was put in place for it.

    `prelude` is sent first, where opsplane has to have seen the resource in order; `then` makes it bad afterwards.
    """

    event: JsonObject
    scene: str = ""
    prelude: JsonObject | None = None
    then: Callable[[], None] | None = None


def prepare(sample: Sample, connection: Connection) -> Prepared:
    """Prepare a sample.

    Locally the resource that the sample describes is brought into the state that it describes. In a real account
    nothing is touched: a sample is only moved to that account and to now, any other envelope gets a new id.
    """
    if importlib.util.find_spec("opsplane_local") is None:
        return Prepared(renewed(sample.event))
    from opsplane_local import scenes  # noqa: PLC0415 - a laptop has it, a deployment does not

    if connection.local:
        scene = scenes.prepare(sample.path, sample.event, connection.session)
        told = scene.description if scene.resources else ""
        return Prepared(scene.event, told, scene.prelude, scene.then)
    if sample.event.get("account") == _SAMPLES_ACCOUNT:
        return Prepared(scenes.refresh(sample.event, account=connection.account, region=connection.region))
    return Prepared(renewed(sample.event))


def send_one(sample: Sample, rules: tuple[Rule, ...], connection: Connection, watch: Watch, *, wait: bool) -> Sent:
    """Prepare, deliver and, with `wait`, follow one event; what goes wrong is in the result."""
    sent = Sent(file=str(sample.path))
    try:
        watch.tell(f"{sample.path}: putting its resource in place")
        prepared = prepare(sample, connection)
        sent = replace(sent, scene=prepared.scene)
        sent = replace(sent, route=choose(sample, prepared.event, rules, connection))
        _let_it_be_seen(prepared, sent, connection, watch)
        sent = hand_over(sent, prepared.event, connection, watch.world)
        return follow_up(sent, connection, watch) if wait else sent
    except Exception as error:
        fault = explain(error)
        if fault is None:
            raise
        return replace(sent, fault=fault)


def _let_it_be_seen(prepared: Prepared, sent: Sent, connection: Connection, watch: Watch) -> None:
    """Send the prelude, wait until it was judged, and then make the resource bad."""
    if prepared.prelude is None or prepared.then is None or sent.route is None:
        return
    watch.tell(f"{sent.file}: letting opsplane see its resource in order first")
    delivery = deliver(prepared.prelude, sent.route, connection)
    expected = expected_records(delivery.event, connection.account)
    follow_event(connection.ports.ledger, delivery.event_id, expected, watch)
    prepared.then()


def hand_over(sent: Sent, event: JsonObject, connection: Connection, world: Outside) -> Sent:
    """Deliver an event whose route is known.

    Raises:
        CommandError: it could not be delivered.
    """
    if sent.route is None:
        message = f"{sent.file} has no route"
        raise ValueError(message)
    began = world.clock()
    delivery = deliver(event, sent.route, connection)
    return replace(sent, delivery=delivery, began=began, seconds=round(world.clock() - began, 3))


def follow_up(sent: Sent, connection: Connection, watch: Watch) -> Sent:
    """Follow a delivered event, if its way leaves traces in the ledger."""
    if sent.delivery is None or sent.route is None or not sent.route.judged:
        return sent
    ledger, event = connection.ports.ledger, sent.delivery.event_id
    expected = expected_records(sent.delivery.event, connection.account)
    sight = follow_event(ledger, event, expected, watch)
    seconds = round(watch.world.clock() - sent.began, 3)
    notices = follow_notices(ledger, sight, watch) if sight.complete else ()
    sent = replace(sent, sight=sight, items=items_of(ledger, sight), notices=notices, seconds=seconds)
    return replace(sent, fault=_fault(sent, sight, watch.seconds, connection))


def _fault(sent: Sent, sight: Sight, timeout: float, connection: Connection) -> CommandError | None:
    failed = next((action for action in sight.actions if action.state is ActionState.FAILED), None)
    if failed:
        message = f"{sent.file}: action {failed.id} failed: {failed.error or 'no reason is recorded'}"
        return CommandError(message, advice=f"`opsplane show {failed.item_id}` has the trail.")
    if not sight.complete:
        known = ", ".join(f"{a.id} is {a.state}" for a in sight.actions) or "no record of it"
        message = f"{sent.file}: not at its end after {timeout:g} s: {known}"
        return CommandError(message, advice=f"{connection.logs_of(REMEDIATOR)} shows what the function says.")
    if sight.refusal:
        message = f"{sent.file}: refused: {sight.refusal.reason}"
        advice = "It is kept whole: `opsplane unhandled` lists it, `--redrive` sends it back in."
        return CommandError(message, advice=advice, code=ExitCode.REFUSED)
    return None


def document(sent: Sent) -> dict[str, Any]:
    """A sent event for programs. `item` and `action` are the first of each; records name those that they are about."""
    sight, route = sent.sight or Sight(), sent.route
    return {
        "file": sent.file,
        "event_id": sent.event_id,
        "scene": sent.scene or None,
        "rules": list(route.rules) if route else [],
        "functions": [short_name(function) for function in route.functions] if route else [],
        "direct": (route.why_direct or None) if route else None,
        "answer": sent.delivery.answer if sent.delivery else None,
        "records": [record_document(record) for record in sight.records],
        "item": item_document(sent.items[0]) if sent.items else None,
        "action": action_document(sent.action) if sent.action else None,
        "items": [item_document(item) for item in sent.items],
        "actions": [action_document(action) for action in sight.actions],
        "notices": [entry_document(entry) for entry in sent.notices],
        "complete": sent.sight.complete if sent.sight else None,
        "elapsed_seconds": sent.seconds,
        "error": sent.fault.message if sent.fault else None,
    }
