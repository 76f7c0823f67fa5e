"""Items over HTTP."""

from fastapi import APIRouter

from app.dependencies import ItemId, ItemStates, Limit, PersonDep, ReadingDep, WiringDep
from app.items.dossier import acknowledge, open_dossier
from app.items.schemas import ItemDossier, ItemList, ItemView
from app.problems import documented
from app.readmodel.queries import list_items as query_items
from app.schemas import FreshnessView

router = APIRouter(prefix="/items", tags=["items"], responses=documented(503))


@router.get("")
async def list_items(reading: ReadingDep, states: ItemStates = [], limit: Limit = 50) -> ItemList:  # noqa: B006
    """Items, last changed first."""
    found = await query_items(reading.session, limit, states)
    return ItemList(items=[ItemView.of(item) for item in found], freshness=FreshnessView.of(reading.freshness))


@router.get("/{item_id}", responses=documented(404))
async def get_item(item_id: ItemId, wiring: WiringDep) -> ItemDossier:
    """One item with its actions and its whole trail, as the ledger has it."""
    return ItemDossier.of(await open_dossier(item_id, wiring))


@router.post("/{item_id}/acknowledge", responses=documented(403, 404, 409))
async def acknowledge_item(item_id: ItemId, person: PersonDep, wiring: WiringDep) -> ItemView:
    """Say that a person has an open item in hand."""
    return ItemView.of(await acknowledge(item_id, person, wiring))
