"""Items as they go over HTTP."""

from datetime import datetime
from typing import Self

from opsplane.ledger.entry import EntryKind
from opsplane.ledger.item import Item, ItemState
from opsplane.signals.signal import Actor, Kind, Severity
from pydantic import BaseModel, Field

from app.actions.schemas import ActionView
from app.items.dossier import Dossier
from app.readmodel.queries import TrailLine
from app.schemas import FreshnessView, ResourceView


class ActorView(BaseModel):
    """Who made the change that the item is about."""

    type: str
    name: str
    arn: str
    role: str
    address: str
    user_agent: str

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """The actor as it goes out."""
        return cls.model_validate(actor.model_dump())


class ItemView(BaseModel):
    """One incident, non-compliance, drift or alarm."""

    id: str
    kind: Kind
    title: str
    severity: Severity
    state: ItemState
    environment: str
    resource: ResourceView
    actor: ActorView | None
    policy: str | None
    opened_at: datetime
    updated_at: datetime
    signals: int = Field(description="How many signals it gathered.")
    actions: int = Field(description="How many actions were planned for it.")
    version: int = Field(description="How many lines its trail has.")

    @classmethod
    def of(cls, item: Item) -> Self:
        """The item as it goes out."""
        return cls(
            id=item.id,
            kind=item.kind,
            title=item.title,
            severity=item.severity,
            state=item.state,
            environment=item.environment,
            resource=ResourceView.of(item.resource),
            actor=ActorView.of(item.actor) if item.actor else None,
            policy=item.policy,
            opened_at=item.opened_at,
            updated_at=item.updated_at,
            signals=item.signals,
            actions=item.actions,
            version=item.entries,
        )


class EntryView(BaseModel):
    """One line of a trail."""

    id: str
    at: datetime
    kind: EntryKind
    by: str
    text: str
    action_id: str | None

    @classmethod
    def of(cls, line: TrailLine) -> Self:
        """The line as it goes out."""
        return cls(
            id=line.id, at=line.at, kind=EntryKind(line.kind), by=line.by, text=line.text, action_id=line.action_id
        )


class ItemList(BaseModel):
    """Items, last changed first."""

    items: list[ItemView]
    freshness: FreshnessView


class ItemDossier(BaseModel):
    """One item with its actions and its trail, oldest first."""

    item: ItemView
    actions: list[ActionView]
    trail: list[EntryView]
    freshness: FreshnessView

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """The dossier as it goes out."""
        return cls(
            item=ItemView.of(dossier.item),
            actions=[ActionView.of(action) for action in dossier.actions],
            trail=[EntryView.of(line) for line in dossier.trail],
            freshness=FreshnessView.of(dossier.freshness),
        )
