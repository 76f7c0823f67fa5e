"""The shapes of `--json`: what the core holds, under the core's own names."""

from typing import Any

from opsplane.actions.action import Action
from opsplane.ledger.entry import Entry, EventRecord
from opsplane.ledger.item import Item


def item_document(item: Item) -> dict[str, Any]:
    """An item, whole."""
    return item.model_dump(mode="json")


def action_document(action: Action) -> dict[str, Any]:
    """An action, whole, with its plan."""
    return action.model_dump(mode="json")


def record_document(record: EventRecord) -> dict[str, Any]:
    """What became of one signal."""
    return record.model_dump(mode="json", exclude={"signal"})


def entry_document(entry: Entry) -> dict[str, Any]:
    """One line of a trail, with the states that item and action had after it in place of their full copies."""
    return {
        **entry.model_dump(mode="json", exclude={"item", "action"}),
        "item_state": entry.item.state,
        "action_id": entry.action.id if entry.action else None,
        "action_state": entry.action.state if entry.action else None,
    }
