"""Actions over HTTP."""

from fastapi import APIRouter

from app.actions.deciding import decide, load_action
from app.actions.legal import Verb
from app.actions.schemas import ActionList, ActionView, Command
from app.dependencies import ActionId, ActionStates, Limit, PersonDep, ReadingDep, WiringDep
from app.problems import documented
from app.readmodel.queries import list_actions as query_actions
from app.schemas import FreshnessView

router = APIRouter(prefix="/actions", tags=["actions"], responses=documented(503))
_ONE = documented(404)
_COMMAND = documented(403, 404, 409)


@router.get("")
async def list_actions(reading: ReadingDep, states: ActionStates = [], limit: Limit = 50) -> ActionList:  # noqa: B006
    """Actions, last changed first."""
    found = await query_actions(reading.session, limit, states)
    return ActionList(
        actions=[ActionView.of(action) for action in found], freshness=FreshnessView.of(reading.freshness)
    )


@router.get("/{action_id}", responses=_ONE)
async def get_action(action_id: ActionId, wiring: WiringDep) -> ActionView:
    """One action with its plan, as the ledger has it."""
    return ActionView.of(await load_action(action_id, wiring))


@router.post("/{action_id}/approve", status_code=202, responses=_COMMAND)
async def approve_action(
    action_id: ActionId, person: PersonDep, wiring: WiringDep, command: Command | None = None
) -> ActionView:
    """Agree to a plan. It is applied if live state is still what the plan found."""
    return ActionView.of(await decide(Verb.APPROVE, action_id, person, _note(command), wiring))


@router.post("/{action_id}/reject", responses=_COMMAND)
async def reject_action(
    action_id: ActionId, person: PersonDep, wiring: WiringDep, command: Command | None = None
) -> ActionView:
    """Refuse a plan. The same change is not asked about again until somebody makes it anew."""
    return ActionView.of(await decide(Verb.REJECT, action_id, person, _note(command), wiring))


@router.post("/{action_id}/undo", status_code=202, responses=_COMMAND)
async def undo_action(
    action_id: ActionId, person: PersonDep, wiring: WiringDep, command: Command | None = None
) -> ActionView:
    """Put everything back that the action changed."""
    return ActionView.of(await decide(Verb.UNDO, action_id, person, _note(command), wiring))


def _note(command: Command | None) -> str:
    return command.note if command else ""
