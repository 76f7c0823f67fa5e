"""Everything about one item, from the ledger, or from the read model while the ledger cannot be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from opsplane.actions.action import Action
from opsplane.errors import AccessDenied, ResourceNotFound, TemporaryError, UnknownRecord
from opsplane.ledger.entry import Entry
from opsplane.ledger.item import Item
from opsplane.ports import Ports

from app.blocking import COMMAND_PATIENCE, in_thread
from app.readmodel.freshness import Freshness
from app.readmodel.projection import Facts
from app.readmodel.queries import TrailLine, find_actions, find_items, find_trail
from app.wiring import Wiring


@dataclass(frozen=True)
class Dossier:
    """One item, its actions and its trail, oldest first."""

    item: Item
    actions: tuple[Action, ...]
    trail: tuple[TrailLine, ...]
    freshness: Freshness


async def open_dossier(item_id: str, wiring: Wiring) -> Dossier:
    """Everything about an item.

    Raises:
        UnknownRecord: no such item. ServiceUnavailable: neither ledger nor read model can answer.
    """
    try:
        return await in_thread(partial(_from_ledger, item_id, wiring.ports))
    except (TemporaryError, ResourceNotFound, AccessDenied) as error:
        return await _from_read_model(item_id, wiring, str(error))


async def handle(command: Callable[[Ports], Item], wiring: Wiring) -> Item:
    """Give a command about an item, and show at once what became of it.

    Raises:
        UnknownRecord: no such item. IllegalTransition: its state does not allow it.
        TemporaryError: the ledger cannot be reached.
    """
    item = await in_thread(partial(command, wiring.ports), COMMAND_PATIENCE)
    await wiring.model.put(Facts(items=(item,)))
    return item


def _from_ledger(item_id: str, ports: Ports) -> Dossier:
    ledger, now = ports.ledger, ports.now()
    item = ledger.item(item_id)
    if item is None:
        raise _unknown(item_id)
    trail = tuple(_line(entry) for entry in ledger.entries(item_id))
    return Dossier(item, ledger.actions_of(item), trail, Freshness(now, now))


async def _from_read_model(item_id: str, wiring: Wiring, fault: str) -> Dossier:
    known = await wiring.model.current()
    freshness = Freshness(known.as_of, known.now, known.fault or fault)
    async with wiring.model.sessions() as session:
        found = await find_items(session, [item_id])
        if item_id not in found:
            raise _unknown(item_id)
        return Dossier(
            found[item_id], await find_actions(session, item_id), await find_trail(session, item_id), freshness
        )


def _line(entry: Entry) -> TrailLine:
    return TrailLine(
        entry.id, entry.at, entry.kind.value, entry.by, entry.text, entry.action.id if entry.action else None
    )


def _unknown(item_id: str) -> UnknownRecord:
    return UnknownRecord(f"there is no item {item_id}")
