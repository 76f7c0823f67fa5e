"""What wakes the scheduler: a sweep every few minutes, and the edges of an environment's schedule."""

from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from opsplane.decisions.decision import Outcome
from opsplane.errors import InvalidSettings, PermanentError
from opsplane.flow import run
from opsplane.ledger.entry import EntryKind, EventRecord
from opsplane.ledger.item import Item, ItemState
from opsplane.ledger.ledger import Change, Trail
from opsplane.ports import Ports
from opsplane.records import amend, refuse
from opsplane.rulebook import in_force
from opsplane.schedules.estate import survey
from opsplane.schedules.proposal import Edge, Proposal, propose
from opsplane.schedules.schedule import Schedule, default_schedule, local
from opsplane.signals.envelope import Wire
from opsplane.signals.signal import Kind, Resource, Severity, Signal, dedupe_key
from opsplane.sweep import sweep


class SweepEvent(Wire):
    """The sweep's input: `{"kind": "sweep"}`."""

    kind: Literal["sweep"]


class EdgeEvent(Wire):
    """The input of an edge: `{"kind": "edge", "edge": "down", "environment": "dev"}`."""

    kind: Literal["edge"]
    edge: Edge
    environment: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,15}$")]


_EVENT: TypeAdapter[SweepEvent | EdgeEvent] = TypeAdapter(
    Annotated[SweepEvent | EdgeEvent, Field(discriminator="kind")]
)


def answer(event: dict[str, Any], ports: Ports) -> dict[str, Any]:
    """What one event led to, as plain JSON; an event that cannot be handled is kept whole with its reason.

    Raises:
        TemporaryError: AWS, ledger or bus could not be reached; deliver again.
    """
    try:
        known = _EVENT.validate_python(event)
        if isinstance(known, SweepEvent):
            return sweep(ports).model_dump(mode="json")
        return pass_edge(known.environment, known.edge, ports).model_dump(mode="json")
    except ValidationError as error:
        reason = f"the scheduler knows no such event: {error.error_count()} field(s) wrong or missing"
    except PermanentError as error:
        reason = str(error)
    return refuse(event, f"schedule-{ports.now():%Y%m%dT%H%M%S.%f}", reason, ports).model_dump(mode="json")


def _protected_tag(ports: Ports) -> str:
    return in_force(ports.ledger.override(), ports).protected_tag


def pass_edge(environment: str, edge: Edge, ports: Ports) -> EventRecord:
    """Record what an edge would do, one item for each environment, edge and local day; nothing is changed.

    Raises:
        InvalidSettings: the zone does not exist. TemporaryError: AWS could not be asked just now.
    """
    schedule = default_schedule(environment, _zone(ports.settings.schedule_timezone))
    workloads = () if schedule.always_on else survey(ports.api, environment, _protected_tag(ports))
    proposal = propose(environment, edge, workloads, schedule, ports.now())
    signal = _signal(environment, proposal, schedule, ports)
    record = run(signal, ports)
    if record.outcome is Outcome.TELL and record.item_id:
        _close(record.item_id, proposal, ports)
    return record


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"OPSPLANE_SCHEDULE_TIMEZONE: {name!r} is no time zone of the IANA database"
        raise InvalidSettings(message) from error


def _signal(environment: str, proposal: Proposal, schedule: Schedule, ports: Ports) -> Signal:
    settings, now = ports.settings, ports.now()
    day = f"{local(schedule, now):%Y-%m-%d}"
    dismissal = _dismissal(environment, proposal, schedule)
    # What is left alone may be asked again on the same day: meanwhile there may be something to do.
    again = f"-{now:%H%M%S%f}" if dismissal else ""
    resource = Resource(type="opsplane::Environment", id=environment, account=settings.account, region=settings.region)
    return Signal(
        id=f"schedule-{environment}-{day}-{proposal.edge}{again}:{Kind.SCHEDULE.value}",
        kind=Kind.SCHEDULE,
        source="opsplane.scheduler",
        severity=Severity.INFO,
        title=proposal.summary,
        resource=resource,
        time=now,
        dedupe_key=dedupe_key(Kind.SCHEDULE, resource, day, proposal.edge),
        environment=environment,
        facts={"changes": list(proposal.changes), "stays": list(proposal.stays)},
        dismissal=dismissal,
    )


def _dismissal(environment: str, proposal: Proposal, schedule: Schedule) -> str | None:
    if schedule.always_on:
        return f"{environment} is always on: its schedule has no edges"
    return None if proposal.changes else f"nothing to do: {proposal.summary}"


def _close(item_id: str, proposal: Proposal, ports: Ports) -> None:
    """Write the details into the item's trail and close it: nobody has to do anything about a dry run."""

    def build(item: Item) -> Change:
        at = ports.now()
        trail = Trail(item.change(at, state=ItemState.CLOSED), at, ports.function)
        if item.state is ItemState.OPEN:
            for line in (*proposal.changes, *proposal.stays)[:50]:
                trail.add(EntryKind.STEP, f"dry run: {line}")
        return trail.change()

    found = ports.ledger.item(item_id)
    if found and found.state is ItemState.OPEN:
        amend(item_id, ports, build)
