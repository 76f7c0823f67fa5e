"""Passing a person's decision about an action to the core."""

from functools import partial
from typing import assert_never

from opsplane import commands
from opsplane.actions.action import Action
from opsplane.errors import UnknownRecord

from app.actions.legal import Verb
from app.blocking import COMMAND_PATIENCE, in_thread
from app.readmodel.projection import Facts
from app.wiring import Wiring


async def decide(verb: Verb, action_id: str, by: str, note: str, wiring: Wiring) -> Action:
    """Record the decision and wake the fleet; the answer is the action as it then is.

    Raises:
        UnknownRecord: no such action. IllegalTransition: its state does not allow it.
        TemporaryError: ledger or bus cannot be reached.
    """
    match verb:
        case Verb.APPROVE:
            command = commands.approve
        case Verb.REJECT:
            command = commands.reject
        case Verb.UNDO:
            command = commands.undo
        case _:
            assert_never(verb)
    action = await in_thread(partial(command, action_id, by, wiring.ports, note), COMMAND_PATIENCE)
    await wiring.model.put(Facts(actions=(action,)))
    return action


async def load_action(action_id: str, wiring: Wiring) -> Action:
    """The action as the ledger has it.

    Raises:
        UnknownRecord: no such action. OpsplaneError: the ledger cannot be read.
    """
    action = await in_thread(partial(wiring.ports.ledger.action, action_id))
    if action is None:
        message = f"there is no action {action_id}"
        raise UnknownRecord(message)
    return action
