"""The pages, and the forms on them: every change is a plain POST that ends in a redirect."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from opsplane.actions.action import Action, ActionState
from opsplane.errors import IllegalTransition, TemporaryError
from opsplane.ledger.item import ItemState
from opsplane.playbooks import catalogue
from opsplane.rulebook import in_force
from starlette.responses import HTMLResponse, RedirectResponse

from app.actions.deciding import decide, load_action
from app.actions.legal import Verb, legal_verbs
from app.blocking import in_thread
from app.console.csrf import OwnForm
from app.console.frame import FrameDep
from app.dependencies import ActionId, ActionStates, ItemId, ItemStates, PersonDep, ReadingDep, WiringDep
from app.items.dossier import acknowledge, open_dossier
from app.readmodel import queries

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_PAGE = 100
_LAST = 10
_SEE_OTHER = 303
Note = Annotated[str, Form(max_length=500)]
Reason = Annotated[str, Form(min_length=1, max_length=500)]


@router.get("/")
async def show_now(reading: ReadingDep, frame: FrameDep) -> HTMLResponse:
    """What needs somebody, and what was done last."""
    session = reading.session
    waiting = await queries.list_actions(session, _PAGE, [ActionState.AWAITING_APPROVAL])
    last = await queries.list_actions(session, _LAST)
    return frame.page(
        "now.html",
        criticals=await queries.list_open_criticals(session, _PAGE),
        waiting=waiting[::-1],
        last=last,
        items=await queries.find_items(session, [action.item_id for action in (*waiting, *last)]),
    )


@router.get("/items")
async def show_items(reading: ReadingDep, frame: FrameDep, states: ItemStates = []) -> HTMLResponse:  # noqa: B006
    """The items, last changed first."""
    found = await queries.list_items(reading.session, _PAGE, states)
    return frame.page("items.html", items=found, chosen=states, states=tuple(ItemState), limit=_PAGE)


@router.get("/items/{item_id}")
async def show_item(item_id: ItemId, wiring: WiringDep, frame: FrameDep) -> HTMLResponse:
    """One item: what it is, what is planned or was done, and its whole trail."""
    dossier = await open_dossier(item_id, wiring)
    return frame.page("item.html", dossier=dossier, item=dossier.item, freshness=dossier.freshness)


@router.post("/items/{item_id}/acknowledge", dependencies=[OwnForm])
async def acknowledge_item(item_id: ItemId, person: PersonDep, wiring: WiringDep) -> RedirectResponse:
    """Take an item in hand."""
    await acknowledge(item_id, person, wiring)
    return RedirectResponse(f"/items/{item_id}", _SEE_OTHER)


@router.get("/actions")
async def show_actions(reading: ReadingDep, frame: FrameDep, states: ActionStates = []) -> HTMLResponse:  # noqa: B006
    """The actions, last changed first."""
    found = await queries.list_actions(reading.session, _PAGE, states)
    items = await queries.find_items(reading.session, [action.item_id for action in found])
    return frame.page("actions.html", actions=found, items=items, chosen=states, states=tuple(ActionState), limit=_PAGE)


@router.get("/actions/{action_id}/undo")
async def confirm_undo(action_id: ActionId, wiring: WiringDep, frame: FrameDep) -> HTMLResponse:
    """What an undo would put back, and the question why."""
    action = await load_action(action_id, wiring)
    if Verb.UNDO not in legal_verbs(action):
        message = f"action {action.id} is {action.state}: there is nothing to undo"
        raise IllegalTransition(message)
    return frame.page("undo.html", action=action)


@router.post("/actions/{action_id}/undo", dependencies=[OwnForm])
async def undo_action(action_id: ActionId, person: PersonDep, wiring: WiringDep, note: Reason) -> RedirectResponse:
    """Put back what an action changed; it takes a reason."""
    return _back_to(await decide(Verb.UNDO, action_id, person, note, wiring))


@router.post("/actions/{action_id}/approve", dependencies=[OwnForm])
async def approve_action(
    action_id: ActionId, person: PersonDep, wiring: WiringDep, note: Note = ""
) -> RedirectResponse:
    """Agree to a plan."""
    return _back_to(await decide(Verb.APPROVE, action_id, person, note, wiring))


@router.post("/actions/{action_id}/reject", dependencies=[OwnForm])
async def reject_action(action_id: ActionId, person: PersonDep, wiring: WiringDep, note: Note = "") -> RedirectResponse:
    """Refuse a plan."""
    return _back_to(await decide(Verb.REJECT, action_id, person, note, wiring))


@router.get("/playbooks")
async def show_playbooks(wiring: WiringDep, frame: FrameDep) -> HTMLResponse:
    """What opsplane knows how to do, and how far it may go."""
    ports = wiring.ports
    try:
        policies, known = await in_thread(lambda: in_force(ports.ledger.override(), ports)), True
    except TemporaryError:
        policies, known = ports.policies, False
    return frame.page("playbooks.html", playbooks=catalogue(), policies=policies, known=known)


@router.get("/docs")
async def show_docs(request: Request, frame: FrameDep) -> HTMLResponse:
    """The API, from its own description."""
    return frame.page("docs.html", schema=request.app.openapi(), example=request.base_url)


def _back_to(action: Action) -> RedirectResponse:
    return RedirectResponse(f"/items/{action.item_id}#{action.id}", _SEE_OTHER)
