"""Ledger values as rows. Writing the same value twice, or an older one later, changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from opsplane.actions.action import Action
from opsplane.ledger.entry import Entry
from opsplane.ledger.item import Item
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.readmodel.tables import ActionRow, Base, EntryRow, ItemRow

# The two dialects say "insert or update" in the same words, but share no type that has them.
_INSERTS: dict[str, Callable[[type[Base]], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Facts:
    """What is to be projected together."""

    items: Sequence[Item] = ()
    actions: Sequence[Action] = ()
    entries: Sequence[Entry] = ()


def facts_of(entries: Sequence[Entry]) -> Facts:
    """The newest item and action that each of the entries carries, and the entries themselves."""
    items: dict[str, Item] = {}
    actions: dict[str, Action] = {}
    for entry in entries:
        if entry.item_id not in items or items[entry.item_id].entries < entry.item.entries:
            items[entry.item_id] = entry.item
        action = entry.action
        if action and (action.id not in actions or actions[action.id].version < action.version):
            actions[action.id] = action
    return Facts(tuple(items.values()), tuple(actions.values()), entries)


async def project(session: AsyncSession, facts: Facts) -> None:
    """Write facts; a row that is there already is replaced by a newer version only."""
    await _upsert(session, ItemRow, (_item(item) for item in facts.items))
    await _upsert(session, ActionRow, (_action(action) for action in facts.actions))
    await _upsert(session, EntryRow, (_entry(entry) for entry in facts.entries))


async def _upsert(session: AsyncSession, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    values = list(rows)
    if not values:
        return
    insert = _INSERTS[session.get_bind().dialect.name](table)
    if "version" not in values[0]:
        await session.execute(insert.on_conflict_do_nothing(index_elements=["id"]), values)
        return
    new = {name: insert.excluded[name] for name in values[0] if name != "id"}
    older = table.__table__.c.version < insert.excluded["version"]
    await session.execute(insert.on_conflict_do_update(index_elements=["id"], set_=new, where=older), values)


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "version": item.entries,
        "state": item.state.value,
        "severity": item.severity.value,
        "rank": item.severity.rank,
        "environment": item.environment,
        "opened_at": item.opened_at,
        "updated_at": item.updated_at,
        "body": item.model_dump_json(),
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "id": action.id,
        "version": action.version,
        "item_id": action.item_id,
        "state": action.state.value,
        "updated_at": action.updated_at,
        "body": action.model_dump_json(),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "item_id": entry.item_id,
        "action_id": entry.action.id if entry.action else None,
        "at": entry.at,
        "kind": entry.kind.value,
        "by": entry.by,
        "text": entry.text,
    }
