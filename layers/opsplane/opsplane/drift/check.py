"""The daily check: an item for each group that differs, none twice for the same difference, closed when it is gone."""

from dataclasses import dataclass
from typing import Any

from opsplane.decisions.decision import Outcome
from opsplane.drift.compare import compare
from opsplane.drift.live import live_groups
from opsplane.drift.signals import of_group, of_state
from opsplane.drift.state import StateReader, parse
from opsplane.drift.wanted import coverage, wanted_groups
from opsplane.errors import LedgerConflict, PermanentError
from opsplane.flow import run
from opsplane.ledger.entry import EventRecord
from opsplane.ledger.item import ItemState, item_id
from opsplane.ledger.ledger import Change
from opsplane.model import Line, Model, Name
from opsplane.ports import Ports
from opsplane.records import refuse
from opsplane.signals.signal import Signal

_SETTLED = frozenset({ItemState.RESOLVED, ItemState.CLOSED})


@dataclass(frozen=True)
class DriftPorts:
    """What the drift function needs: the ports of every function, and the state."""

    core: Ports
    state: StateReader


class Checked(Model):
    """What one check found. `checked` is False when there was no state to compare with; `summary` says why."""

    checked: bool
    summary: Line
    differing: tuple[Name, ...] = ()
    told: tuple[Name, ...] = ()
    resolved: tuple[Name, ...] = ()


def answer(event: dict[str, Any], ports: DriftPorts) -> dict[str, Any]:
    """What one event led to, as plain JSON; an event that nobody knows is kept as unhandled.

    Raises:
        TemporaryError: AWS, ledger or bus could not be reached; deliver again.
    """
    if event.get("kind") == "daily":
        return check(ports).model_dump(mode="json")
    event_id = f"drift-{ports.core.now():%Y%m%dT%H%M%S.%f}"
    return refuse(event, event_id, "the drift check knows only daily events", ports.core).model_dump(mode="json")


def check(ports: DriftPorts) -> Checked:
    """Compare the state with live AWS and report.

    Raises:
        TemporaryError: AWS, ledger or bus could not be reached; deliver again.
    """
    core, settings, now, place = ports.core, ports.core.settings, ports.core.now(), ports.state.place
    try:
        state = parse(ports.state.read())
        wanted = wanted_groups(state)
        live = live_groups(core.api, [group.id for group in wanted])
    except PermanentError as error:
        told = _report(of_state(place, str(error), settings, now), core)
        return _record(Checked(checked=False, summary=f"drift was not checked: {error}", told=told), core)
    found = [(compare(group, live.get(group.id)), live.get(group.id)) for group in wanted]
    signals = [of_group(difference, group, settings, now) for difference, group in found]
    over = (of_state(place, None, settings, now), *(signal for signal in signals if signal.clears))
    differing = tuple(difference.group.id for difference, _ in found if difference)
    checked = Checked(
        checked=True,
        summary=f"{len(differing)} of {len(wanted)} security groups differ from Terraform; {coverage(state)}",
        differing=differing,
        told=tuple(told for signal in signals if not signal.clears for told in _report(signal, core)),
        resolved=tuple(item for signal in over for item in _resolve(signal, core)),
    )
    return _record(checked, core)


def _report(signal: Signal, ports: Ports) -> tuple[str, ...]:
    """The item that was told, or nothing when people know of this very difference already."""
    item = ports.ledger.item(item_id(signal.dedupe_key))
    if item and item.state not in _SETTLED and item.title == signal.title:
        return ()
    record = run(signal, ports)
    return (record.item_id,) if record.outcome is Outcome.TELL and record.item_id else ()


def _resolve(signal: Signal, ports: Ports) -> tuple[str, ...]:
    """The item that is resolved because its difference is gone; most groups never had one."""
    item = ports.ledger.item(item_id(signal.dedupe_key))
    if item is None or item.state is not ItemState.OPEN:
        return ()
    run(signal, ports)
    return (item.id,)


def _record(checked: Checked, ports: Ports) -> Checked:
    """Write down what was looked at and what was not: silence must not pass for a clean result."""
    at = ports.now()
    event_id = f"drift-{at:%Y%m%dT%H%M%S.%f}"
    record = EventRecord(
        id=f"{event_id}:coverage",
        event_id=event_id,
        function=ports.function,
        at=at,
        outcome=Outcome.RECORD,
        reason=checked.summary,
    )
    try:
        ports.ledger.write(Change(event=record))
    except LedgerConflict:
        # Another check wrote its record in the same microsecond; it looked at the same things.
        return checked
    return checked
