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
    due_at: datetime | None = Field(description="Until when somebody should have it in hand, while it is open.")
    escalations: int = Field(description="How often that passed by.")
    root_cause: str
    impact: str
    follow_up: str
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
            due_at=item.due_at,
            escalations=item.escalations,
            root_cause=item.root_cause,
            impact=item.impact,
            follow_up=item.follow_up,
            version=item.entries,
        )


class Closing(BaseModel):
    """What a person says when an item is done with."""

    root_cause: str = Field("", max_length=1000, description="Why it happened.")
    note: str = Field("", max_length=500, description="The reason, in one line.")


class Comment(BaseModel):
    """A person's words, in one line."""

    text: str = Field(min_length=1, max_length=1000)


class Review(BaseModel):
    """What was learned of an item; a field that is null stays, an empty one is taken back."""

    root_cause: str | None = Field(None, max_length=1000, description="Why it happened.")
    impact: str | None = Field(None, max_length=1000, description="What it did.")
    follow_up: str | None = Field(None, max_length=1000, description="What is to be done.")


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
