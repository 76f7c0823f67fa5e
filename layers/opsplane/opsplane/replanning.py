"""A plan that live state has overtaken is made anew, and a person is asked about it."""

from collections.abc import Callable
from datetime import datetime

from opsplane.actions.action import APPROVAL_PERIOD, Action, ActionState, action_id
from opsplane.errors import ResourceNotFound
from opsplane.ledger.item import Item
from opsplane.model import JsonObject
from opsplane.playbooks.plan import Api, Plan
from opsplane.playbooks.playbook import Playbook


def renew(plan: Plan, playbook: Playbook, api: Api, memory: Callable[[str], JsonObject]) -> Plan | None:
    """The plan as the playbook makes it now, or None when there is nothing left to do.

    Raises:
        PermanentError: the resource cannot be examined. TemporaryError: AWS could not be asked just now.
    """
    try:
        found = playbook.observe(api, plan.subject)
    except ResourceNotFound:
        return None
    if playbook.remember:
        found = found.model_copy(update={"former": memory(plan.resource.id)})
    steps = playbook.plan(plan.subject, found, plan.parameters)
    return plan.model_copy(update={"steps": steps, "evidence": found.evidence}) if steps else None


def ask_anew(item: Item, plan: Plan, reason: str, at: datetime) -> Action:
    """The item's next action, which waits for a person."""
    return Action(
        id=action_id(item.id, item.actions + 1),
        item_id=item.id,
        plan=plan,
        state=ActionState.AWAITING_APPROVAL,
        reason=reason,
        created_at=at,
        updated_at=at,
        due_at=at + APPROVAL_PERIOD,
    )
