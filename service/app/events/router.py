"""Events over HTTP."""

from functools import partial

from fastapi import APIRouter
from opsplane.errors import UnknownRecord

from app.blocking import in_thread
from app.dependencies import EventId, WiringDep
from app.events.schemas import EventOutcome, SignalRecord
from app.problems import documented

router = APIRouter(prefix="/events", tags=["events"], responses=documented(404, 503))


@router.get("/{event_id}")
async def get_event(event_id: EventId, wiring: WiringDep) -> EventOutcome:
    """What became of an event from AWS. Records are kept for 90 days."""
    records = await in_thread(partial(wiring.ports.ledger.events, event_id))
    if not records:
        message = f"no record of an event {event_id}: it has not arrived, or no rule listens to it"
        raise UnknownRecord(message)
    return EventOutcome(id=event_id, signals=[SignalRecord.of(record) for record in records])
