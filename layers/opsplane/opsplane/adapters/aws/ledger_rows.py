"""The rows of the ledger's table.

=====================  ======================  ==================================================================
pk                     sk                      what
=====================  ======================  ==================================================================
``ITEM#<id>``          ``HEAD``                the item as it is
``ITEM#<id>``          ``ENTRY#<number>``      one line of its trail, never changed
``ITEM#<id>``          ``ACTION#<number>``     one of its actions as it is
``EVENT#<event id>``   ``<signal id>``         what became of one signal of an event; expires
``OUTBOX``             ``<message id>``        an own event that the bus may not have yet
``MEMORY#<resource>``  ``HEAD``                what a playbook wants to know of a resource next time
``FREEZE``             ``HEAD``                who holds which environments still, and why: an attribute for each
``POLICIES``           ``HEAD``                the policies that people put in force, as they are
``POLICIES``           ``VERSION#<number>``    each of them, never changed
``TICKET#<scope>``     ``<hour>``              how many tickets were taken in a clock hour; expires
=====================  ======================  ==================================================================

Index ``lists``: ``list_key`` (``ITEM``, ``ACTION``, ``FEED#<day>``, ``EVENT#<day>``) and ``list_at``. Index ``due``:
``due_key`` (``DUE``) and ``due_at``. ``body`` is the value as JSON, or ``packed`` the same compressed when it is large
(an item of DynamoDB holds 400 KB, and the evidence of a group with a thousand rules is more); the rest only serves to
find it.
"""

import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

from opsplane.actions.action import Action
from opsplane.decisions.freeze import Freeze
from opsplane.ledger.entry import Entry, EventRecord, Message
from opsplane.ledger.item import Item
from opsplane.policies.override import Override
from opsplane.signals.signal import day

EVENT_RETENTION = timedelta(days=90)
"""How long a delivery can still be recognised as a repetition."""

NEW = "attribute_not_exists(pk)"
"""The condition that there is no such row yet."""

_PACKED_FROM = 16_000
"""Characters from which a body is compressed."""

_OUTBOX_PATIENCE = timedelta(minutes=1)


type Place = tuple[str, str]
"""Partition and sort key of a row."""

FREEZES: Place = ("FREEZE", "HEAD")
"""All freezes lie in one row, so that one key finds them."""

POLICIES: Place = ("POLICIES", "HEAD")

_FREEZE = "freeze:"


def place_of(row: dict[str, Any]) -> Place:
    """Where a row stands."""
    return row["pk"]["S"], row["sk"]["S"]


def kind_of(row: dict[str, Any]) -> str:
    """What a row of the index `due` is: `ITEM`, `ACTION` or `OUTBOX`."""
    pk, sk = place_of(row)
    return "ACTION" if sk.startswith("ACTION#") else pk.partition("#")[0]


def event_place(signal_id: str) -> Place:
    """Where it stands what became of a signal; that of its event's id is the beginning of it."""
    return f"EVENT#{signal_id.split(':', 1)[0]}", signal_id


def freeze_name(environment: str) -> str:
    """The attribute of an environment's freeze."""
    return f"{_FREEZE}{environment}"


def freezes_of(row: dict[str, Any]) -> tuple[Freeze, ...]:
    """The freezes in their row."""
    return tuple(Freeze.model_validate_json(row[name]["S"]) for name in sorted(row) if name.startswith(_FREEZE))


def key_of(pk: str, sk: str) -> dict[str, Any]:
    """The key of a row."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def condition_of(version: int) -> tuple[str, dict[str, Any] | None]:
    """The condition that a row is still the version that was read (0: that there is none), and its values."""
    return ("version = :v", {":v": {"N": str(version)}}) if version else (NEW, None)


def stamp(at: datetime) -> str:
    """A moment as text that sorts by time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def body_of(row: dict[str, Any]) -> str:
    """The value of a row as JSON."""
    return str(row["body"]["S"]) if "body" in row else zlib.decompress(row["packed"]["B"]).decode()


def row_of(pk: str, sk: str, body: str, **texts: str) -> dict[str, Any]:
    """A row with a value as JSON, packed when it is large, and texts beside it."""
    small = len(body) < _PACKED_FROM
    value = {"body": {"S": body}} if small else {"packed": {"B": zlib.compress(body.encode())}}
    return {**key_of(pk, sk), **value, **{name: {"S": text} for name, text in texts.items()}}


def item_row(item: Item) -> dict[str, Any]:
    """An item as it is."""
    at = f"{stamp(item.updated_at)}#{item.id}"
    due = {"due_key": "DUE", "due_at": stamp(item.due_at)} if item.due_at else {}
    row = row_of(f"ITEM#{item.id}", "HEAD", item.model_dump_json(), list_key="ITEM", list_at=at, **due)
    return {**row, "version": {"N": str(item.entries)}}


def action_row(action: Action) -> dict[str, Any]:
    """One of an item's actions as it is."""
    number = action.id.partition(".")[2]
    at = f"{stamp(action.updated_at)}#{action.id}"
    texts = {"list_key": "ACTION", "list_at": at}
    if action.due_at:
        texts |= {"due_key": "DUE", "due_at": stamp(action.due_at)}
    row = row_of(f"ITEM#{action.item_id}", f"ACTION#{number:0>6}", action.model_dump_json(), **texts)
    return {**row, "version": {"N": str(action.version)}}


def entry_row(entry: Entry) -> dict[str, Any]:
    """One line of a trail, never changed."""
    number = entry.id.rpartition("-")[2]
    at = f"{stamp(entry.at)}#{entry.id}"
    return row_of(
        f"ITEM#{entry.item_id}",
        f"ENTRY#{number}",
        entry.model_dump_json(),
        list_key=f"FEED#{day(entry.at)}",
        list_at=at,
    )


def event_row(event: EventRecord) -> dict[str, Any]:
    """What became of one signal of an event."""
    expires = int((event.at + EVENT_RETENTION).timestamp())
    at = f"{stamp(event.at)}#{event.id}"
    row = row_of(*event_place(event.id), event.model_dump_json(), list_key=f"EVENT#{day(event.at)}", list_at=at)
    return {**row, "expires_at": {"N": str(expires)}}


def override_row(override: Override, sk: str) -> dict[str, Any]:
    """Policies that people put in force."""
    row = row_of(POLICIES[0], sk, override.model_dump_json())
    return {**row, "version": {"N": str(override.version)}}


def message_row(message: Message) -> dict[str, Any]:
    """An own event that the bus may not have yet."""
    due = stamp(message.at + _OUTBOX_PATIENCE)
    return row_of("OUTBOX", message.id, message.model_dump_json(), due_key="DUE", due_at=due)
