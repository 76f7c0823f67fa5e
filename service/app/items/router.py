"""Items over HTTP."""

from fastapi import APIRouter
from opsplane import handling

from app.actions.schemas import Command
from app.dependencies import ItemId, ItemStates, Limit, PersonDep, ReadingDep, WiringDep
from app.items.dossier import handle, open_dossier
from app.items.schemas import Closing, Comment, ItemDossier, ItemList, ItemView, Review
from app.problems import documented
from app.readmodel.queries import list_items as query_items
from app.schemas import FreshnessView

router = APIRouter(prefix="/items", tags=["items"], responses=documented(503))
_COMMAND = documented(403, 404, 409)


@router.get("")
async def list_items(reading: ReadingDep, states: ItemStates = [], limit: Limit = 50) -> ItemList:  # noqa: B006
    """Items, last changed first."""
    found = await query_items(reading.session, limit, states)
    return ItemList(items=[ItemView.of(item) for item in found], freshness=FreshnessView.of(reading.freshness))


@router.get("/{item_id}", responses=documented(404))
async def get_item(item_id: ItemId, wiring: WiringDep) -> ItemDossier:
    """One item with its actions and its whole trail, as the ledger has it."""
    return ItemDossier.of(await open_dossier(item_id, wiring))


@router.post("/{item_id}/acknowledge", responses=_COMMAND)
async def acknowledge_item(item_id: ItemId, person: PersonDep, wiring: WiringDep) -> ItemView:
    """Say that a person has an open item in hand."""
    return ItemView.of(await handle(lambda ports: handling.acknowledge(item_id, person, ports), wiring))


@router.post("/{item_id}/close", responses=_COMMAND)
async def close_item(item_id: ItemId, person: PersonDep, wiring: WiringDep, said: Closing | None = None) -> ItemView:
    """Say that an item is done with. What is critical or high wants its root cause."""
    told = said or Closing()
    return ItemView.of(
        await handle(lambda ports: handling.close(item_id, person, ports, told.note, told.root_cause), wiring)
    )


@router.post("/{item_id}/reopen", responses=_COMMAND)
async def reopen_item(item_id: ItemId, person: PersonDep, wiring: WiringDep, said: Command | None = None) -> ItemView:
    """Say that an item that was done with is not."""
    note = said.note if said else ""
    return ItemView.of(await handle(lambda ports: handling.reopen(item_id, person, ports, note), wiring))


@router.post("/{item_id}/comments", status_code=201, responses=_COMMAND)
async def comment_on_item(item_id: ItemId, person: PersonDep, wiring: WiringDep, said: Comment) -> ItemView:
    """Add a person's words to the trail."""
    return ItemView.of(await handle(lambda ports: handling.comment(item_id, person, said.text, ports), wiring))


@router.patch("/{item_id}", responses=_COMMAND)
async def review_item(item_id: ItemId, person: PersonDep, wiring: WiringDep, said: Review) -> ItemView:
    """Write down what was learned of it; a field that is not given stays."""
    return ItemView.of(await handle(lambda ports: handling.review(item_id, person, ports, **said.model_dump()), wiring))
