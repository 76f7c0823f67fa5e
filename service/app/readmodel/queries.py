"""Questions to the read model."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from opsplane.actions.action import Action, ActionState
from opsplane.ledger.item import Item, ItemState
from opsplane.signals.signal import Severity
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.readmodel.tables import ActionRow, EntryRow, ItemRow

UNRESOLVED = (ItemState.OPEN, ItemState.ACKNOWLEDGED, ItemState.CONTAINED)
"""States of an item that somebody still has to look at."""


@dataclass(frozen=True)
class TrailLine:
    """One line of a trail as people read it."""

    id: str
    at: datetime
    kind: str
    by: str
    text: str
    action_id: str | None


@dataclass(frozen=True)
class Counts:
    """Items by state, and those that are unresolved by severity; a name that is missing counts 0."""

    by_state: Counter[str]
    unresolved: Counter[str]
    open_critical: int


async def count_items(session: AsyncSession) -> Counts:
    """How many items there are of each kind."""
    query = select(ItemRow.state, ItemRow.severity, func.count()).group_by(ItemRow.state, ItemRow.severity)
    by_state: Counter[str] = Counter()
    unresolved: Counter[str] = Counter()
    open_critical = 0
    for state, severity, number in await session.execute(query):
        by_state[state] += number
        if state in UNRESOLVED:
            unresolved[severity] += number
        if (state, severity) == (ItemState.OPEN.value, Severity.CRITICAL.value):
            open_critical = number
    return Counts(by_state, unresolved, open_critical)


async def list_items(session: AsyncSession, limit: int, states: Sequence[ItemState] = ()) -> tuple[Item, ...]:
    """Items, last changed first; of some states only when any are given."""
    query = select(ItemRow.body).order_by(ItemRow.updated_at.desc(), ItemRow.id).limit(limit)
    if states:
        query = query.where(ItemRow.state.in_([state.value for state in states]))
    return tuple(Item.model_validate_json(body) for body in await session.scalars(query))


async def list_open_criticals(session: AsyncSession, limit: int) -> tuple[Item, ...]:
    """Critical items that nobody has acknowledged, oldest first."""
    query = (
        select(ItemRow.body)
        .where(ItemRow.state == ItemState.OPEN.value, ItemRow.severity == Severity.CRITICAL.value)
        .order_by(ItemRow.opened_at)
        .limit(limit)
    )
    return tuple(Item.model_validate_json(body) for body in await session.scalars(query))


async def list_actions(session: AsyncSession, limit: int, states: Sequence[ActionState] = ()) -> tuple[Action, ...]:
    """Actions, last changed first; of some states only when any are given."""
    query = select(ActionRow.body).order_by(ActionRow.updated_at.desc(), ActionRow.id).limit(limit)
    if states:
        query = query.where(ActionRow.state.in_([state.value for state in states]))
    return tuple(Action.model_validate_json(body) for body in await session.scalars(query))


async def find_items(session: AsyncSession, ids: Sequence[str]) -> dict[str, Item]:
    """Those of the items that are known, by id."""
    query = select(ItemRow.body).where(ItemRow.id.in_(set(ids)))
    return {item.id: item for item in map(Item.model_validate_json, await session.scalars(query))}


async def find_actions(session: AsyncSession, item_id: str) -> tuple[Action, ...]:
    """The actions of an item, oldest first."""
    query = select(ActionRow.body).where(ActionRow.item_id == item_id)
    actions = (Action.model_validate_json(body) for body in await session.scalars(query))
    return tuple(sorted(actions, key=lambda action: (action.created_at, action.id)))


async def find_action(session: AsyncSession, action_id: str) -> Action | None:
    """One action, or None."""
    row = await session.get(ActionRow, action_id)
    return Action.model_validate_json(row.body) if row else None


async def find_trail(session: AsyncSession, item_id: str) -> tuple[TrailLine, ...]:
    """What the read model has of an item's trail, oldest first."""
    query = select(EntryRow).where(EntryRow.item_id == item_id).order_by(EntryRow.id)
    rows = await session.scalars(query)
    return tuple(TrailLine(row.id, row.at, row.kind, row.by, row.text, row.action_id) for row in rows)
