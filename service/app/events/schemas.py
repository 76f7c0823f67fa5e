"""Events as they go over HTTP."""

from datetime import datetime
from typing import Self

from opsplane.decisions.decision import Outcome
from opsplane.ledger.entry import EventRecord
from pydantic import BaseModel, Field


class SignalRecord(BaseModel):
    """What became of one signal of an event."""

    id: str
    function: str = Field(description="Which part of the fleet answered it.")
    at: datetime
    outcome: Outcome
    reason: str
    item_id: str | None
    action_id: str | None

    @classmethod
    def of(cls, record: EventRecord) -> Self:
        """The record as it goes out."""
        return cls(
            id=record.id,
            function=record.function,
            at=record.at,
            outcome=record.outcome,
            reason=record.reason,
            item_id=record.item_id,
            action_id=record.action_id,
        )


class EventOutcome(BaseModel):
    """What became of an event: a record for each signal in it."""

    id: str
    signals: list[SignalRecord]
