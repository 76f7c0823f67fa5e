"""What somebody pressed, and what becomes of it."""

import hashlib
from enum import StrEnum
from functools import partial
from urllib.parse import parse_qs

from opsplane import handling
from opsplane.decisions.decision import Outcome
from opsplane.errors import LedgerConflict, PermanentError
from opsplane.ledger.entry import EventRecord
from opsplane.ledger.ledger import Change
from opsplane.notices.slack import PRESS
from opsplane.ports import Ports
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.actions.deciding import decide
from app.actions.legal import Verb
from app.blocking import in_thread
from app.items.dossier import handle
from app.wiring import Wiring


class Wire(BaseModel):
    """A part of Slack's payload; what nobody reads is left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class User(Wire):
    """Who pressed."""

    id: str = Field(min_length=1, max_length=64)
    username: str = Field("", max_length=256)


class Button(Wire):
    """What was pressed: `opsplane.<command>`, and the id of the action or item."""

    action_id: str = Field(pattern=r"^opsplane\.[a-z]{1,20}$")
    value: str = Field(pattern=r"^[\w.:-]{1,200}$")


class Payload(Wire):
    """https://docs.slack.dev/reference/interaction-payloads/block_actions-payload."""

    user: User
    actions: tuple[Button, ...] = Field(min_length=1, max_length=1)
    response_url: str = Field("", max_length=2000)


class Command(StrEnum):
    """What a button can ask for."""

    APPROVE = "approve"
    REJECT = "reject"
    UNDO = "undo"
    ACKNOWLEDGE = "acknowledge"


class Unreadable(ValueError):
    """The payload is no press of ours."""


class Repeated(Exception):
    """The very same request was taken before."""


def read(body: bytes) -> Payload:
    """The payload in a request's form.

    Raises:
        Unreadable: it is missing, or is no press of a button of ours.
    """
    try:
        [text] = parse_qs(body.decode(), strict_parsing=True, max_num_fields=5).get("payload", [])
        return Payload.model_validate_json(text)
    except (ValueError, ValidationError) as error:
        message = "the request holds no press of a button of opsplane"
        raise Unreadable(message) from error


async def take(payload: Payload, signature: str, wiring: Wiring) -> str:
    """Do what was pressed; the answer is what the person is told.

    Raises:
        Repeated: the same request came before. TemporaryError: the ledger cannot be reached.
    """
    button = payload.actions[0]
    await in_thread(partial(_record, payload, signature, wiring.ports))
    person = wiring.settings.responders.get(payload.user.id)
    if person is None:
        return f"You ({payload.user.id}) are not among those who may press buttons: see OPSPLANE_SLACK_RESPONDERS."
    try:
        command = Command(button.action_id.removeprefix(PRESS))
    except ValueError:
        return f"opsplane knows no command {button.action_id.removeprefix(PRESS)}."
    try:
        return await _obey(command, button.value, person, wiring)
    except PermanentError as error:
        return f"It was not done: {error}."


async def _obey(command: Command, target: str, person: str, wiring: Wiring) -> str:
    if command is Command.ACKNOWLEDGE:
        item = await handle(lambda ports: handling.acknowledge(target, person, ports), wiring)
        return f"{person} has {item.id} in hand."
    action = await decide(Verb(command.value), target, person, "in Slack", wiring)
    return f"{action.id} is {action.state.value.replace('_', ' ')}, by {person}."


def _record(payload: Payload, signature: str, ports: Ports) -> None:
    """Write down who pressed what; the same request a second time is refused."""
    name = f"slack-{hashlib.sha256(signature.encode()).hexdigest()[:24]}"
    button = payload.actions[0]
    record = EventRecord(
        id=f"{name}:press",
        event_id=name,
        function=ports.function,
        at=ports.now(),
        outcome=Outcome.RECORD,
        reason=f"{payload.user.username} ({payload.user.id}) pressed {button.action_id} on {button.value} in Slack",
    )
    try:
        ports.ledger.write(Change(event=record))
    except LedgerConflict as error:
        raise Repeated(name) from error
