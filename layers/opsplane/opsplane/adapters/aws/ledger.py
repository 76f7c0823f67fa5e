"""The ledger in one DynamoDB table; `ledger_rows` tells what stands in which row."""

import json
from datetime import datetime, timedelta
from typing import Any

from opsplane.actions.action import Action
from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import translated
from opsplane.adapters.aws.ledger_rows import (
    FREEZES,
    NEW,
    POLICIES,
    Place,
    action_row,
    body_of,
    condition_of,
    entry_row,
    event_place,
    event_row,
    freeze_name,
    freezes_of,
    item_row,
    key_of,
    kind_of,
    message_row,
    override_row,
    place_of,
    row_of,
    stamp,
)
from opsplane.adapters.aws.ledger_table import query, transact
from opsplane.decisions.freeze import Freeze
from opsplane.errors import ServiceUnavailable
from opsplane.ledger.entry import Entry, EventRecord, Message
from opsplane.ledger.item import Item
from opsplane.ledger.ledger import Change, Due, Known
from opsplane.model import JsonObject
from opsplane.policies.override import Override

_BATCH_ATTEMPTS = 4
"""How often what DynamoDB left out of a batch is asked for; botocore repeats only calls that fail as a whole."""

TICKET_RETENTION = timedelta(days=2)
"""How long the count of an hour is kept."""


class DynamoLedger:
    """Implements `opsplane.ledger.ledger.Ledger`."""

    def __init__(self, table: str) -> None:
        """The table of that name, in the region of the process."""
        self._table = table

    def write(self, change: Change) -> None:
        """Write a change as one transaction."""
        puts = [*self._heads(change), *(self._put(entry_row(entry), NEW) for entry in change.entries)]
        if change.event:
            puts.append(self._put(event_row(change.event), NEW))
        puts.extend(self._put(message_row(message)) for message in change.outbox)
        puts.extend(
            self._put(row_of(f"MEMORY#{key}", "HEAD", json.dumps(value))) for key, value in change.memories.items()
        )
        transact(self._table, puts, change.item.id if change.item else "an event record")

    def item(self, item_id: str) -> Item | None:
        """The item as it is."""
        body = self._get(f"ITEM#{item_id}", "HEAD")
        return Item.model_validate_json(body) if body else None

    def action(self, action_id: str) -> Action | None:
        """The action as it is."""
        item_id, _, number = action_id.partition(".")
        body = self._get(f"ITEM#{item_id}", f"ACTION#{number:0>6}")
        return Action.model_validate_json(body) if body else None

    def actions_of(self, item: Item) -> tuple[Action, ...]:
        """All actions of an item."""
        bodies = self._query(f"ITEM#{item.id}", "ACTION#") if item.actions else []
        return tuple(Action.model_validate_json(body) for body in bodies)

    def entries(self, item_id: str) -> tuple[Entry, ...]:
        """The whole trail of an item."""
        return tuple(Entry.model_validate_json(body) for body in self._query(f"ITEM#{item_id}", "ENTRY#"))

    def recall(self, signal_id: str, item_id: str, resource_id: str) -> Known:
        """What is known of a signal, its item and its resource."""
        record, item, memory = event_place(signal_id), (f"ITEM#{item_id}", "HEAD"), (f"MEMORY#{resource_id}", "HEAD")
        rows = self._batch((record, item, memory, FREEZES, POLICIES))
        bodies = {place: body_of(rows[place]) for place in (record, item, memory, POLICIES) if place in rows}
        return Known(
            record=EventRecord.model_validate_json(bodies[record]) if record in bodies else None,
            item=Item.model_validate_json(bodies[item]) if item in bodies else None,
            memory=json.loads(bodies.get(memory, "{}")),
            freezes=freezes_of(rows.get(FREEZES, {})),
            override=Override.model_validate_json(bodies[POLICIES]) if POLICIES in bodies else None,
        )

    def events(self, event_id: str) -> tuple[EventRecord, ...]:
        """What became of every signal of one event."""
        return tuple(EventRecord.model_validate_json(body) for body in self._query(*event_place(event_id)))

    def records(self, day: str, after: str, limit: int) -> tuple[tuple[str, EventRecord], ...]:
        """What became of the signals of one UTC day."""
        rows = self._index("lists", "list_key", f"EVENT#{day}", limit, after=("list_at", after))
        return tuple((row["list_at"]["S"], EventRecord.model_validate_json(body_of(row))) for row in rows)

    def memory(self, resource_id: str) -> JsonObject:
        """What was remembered of a resource."""
        memory: JsonObject = json.loads(self._get(f"MEMORY#{resource_id}", "HEAD") or "{}")
        return memory

    def recent_items(self, limit: int) -> tuple[Item, ...]:
        """Items, last changed first."""
        rows = self._index("lists", "list_key", "ITEM", limit, newest_first=True)
        return tuple(Item.model_validate_json(body_of(row)) for row in rows)

    def recent_actions(self, limit: int) -> tuple[Action, ...]:
        """Actions, last changed first."""
        rows = self._index("lists", "list_key", "ACTION", limit, newest_first=True)
        return tuple(Action.model_validate_json(body_of(row)) for row in rows)

    def feed(self, day: str, after: str, limit: int) -> tuple[tuple[str, Entry], ...]:
        """Entries of one UTC day behind a position."""
        rows = self._index("lists", "list_key", f"FEED#{day}", limit, after=("list_at", after))
        return tuple((row["list_at"]["S"], Entry.model_validate_json(body_of(row))) for row in rows)

    def due(self, now: datetime, limit: int) -> Due:
        """Unfinished actions and unpublished messages whose time has come."""
        rows = self._index("due", "due_key", "DUE", limit, until=("due_at", stamp(now)))
        bodies = [(kind_of(row), body_of(row)) for row in rows]
        return Due(
            actions=tuple(Action.model_validate_json(body) for kind, body in bodies if kind == "ACTION"),
            messages=tuple(Message.model_validate_json(body) for kind, body in bodies if kind == "OUTBOX"),
            items=tuple(Item.model_validate_json(body) for kind, body in bodies if kind == "ITEM"),
        )

    def forget_message(self, message_id: str) -> None:
        """Take a message out of the outbox."""
        with translated(f"ledger {self._table}: forget a message"):
            client("dynamodb").delete_item(TableName=self._table, Key=key_of("OUTBOX", message_id))

    def freezes(self) -> tuple[Freeze, ...]:
        """Every freeze that was not lifted."""
        return freezes_of(self._row(*FREEZES))

    def freeze(self, freeze: Freeze) -> None:
        """Hold an environment still."""
        with translated(f"ledger {self._table}: freeze {freeze.environment}"):
            client("dynamodb").update_item(
                TableName=self._table,
                Key=key_of(*FREEZES),
                UpdateExpression="SET #environment = :freeze",
                ExpressionAttributeNames={"#environment": freeze_name(freeze.environment)},
                ExpressionAttributeValues={":freeze": {"S": freeze.model_dump_json()}},
            )

    def thaw(self, environment: str) -> None:
        """Lift the freeze of an environment."""
        with translated(f"ledger {self._table}: thaw {environment}"):
            client("dynamodb").update_item(
                TableName=self._table,
                Key=key_of(*FREEZES),
                UpdateExpression="REMOVE #environment",
                ExpressionAttributeNames={"#environment": freeze_name(environment)},
            )

    def override(self) -> Override | None:
        """The newest policies that people put in force."""
        body = self._get(*POLICIES)
        return Override.model_validate_json(body) if body else None

    def overrides(self) -> tuple[Override, ...]:
        """All that people ever put in force, newest first."""
        kept = self._query(POLICIES[0], "VERSION#")
        return tuple(Override.model_validate_json(body) for body in reversed(kept))

    def put_override(self, override: Override) -> None:
        """Put policies in force."""
        puts = [
            self._put(override_row(override, POLICIES[1]), *condition_of(override.version - 1)),
            self._put(override_row(override, f"VERSION#{override.version:06d}"), NEW),
        ]
        transact(self._table, puts, override.name)

    def take_ticket(self, scope: str, at: datetime) -> int:
        """The next number in the clock hour of a moment."""
        with translated(f"ledger {self._table}: take a ticket of {scope}"):
            answer = client("dynamodb").update_item(
                TableName=self._table,
                Key=key_of(f"TICKET#{scope}", at.strftime("%Y-%m-%dT%H")),
                UpdateExpression="ADD taken :one SET expires_at = :end",
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":end": {"N": str(int((at + TICKET_RETENTION).timestamp()))},
                },
                ReturnValues="UPDATED_NEW",
            )
        return int(answer["Attributes"]["taken"]["N"])

    def _heads(self, change: Change) -> list[dict[str, Any]]:
        """Puts of item and actions, each on condition that its version is still the one that was read."""
        puts = []
        if change.item:
            puts.append(self._put(item_row(change.item), *condition_of(change.base)))
        puts.extend(self._put(action_row(action), *condition_of(action.version - 1)) for action in change.actions)
        return puts

    def _put(self, row: dict[str, Any], condition: str = "", values: dict[str, Any] | None = None) -> dict[str, Any]:
        put: dict[str, Any] = {"TableName": self._table, "Item": row}
        if condition:
            put["ConditionExpression"] = condition
        if values:
            put["ExpressionAttributeValues"] = values
        return {"Put": put}

    def _get(self, pk: str, sk: str) -> str | None:
        row = self._row(pk, sk)
        return body_of(row) if row else None

    def _row(self, pk: str, sk: str) -> dict[str, Any]:
        """A row, empty when there is none."""
        with translated(f"read from ledger {self._table}"):
            answer = client("dynamodb").get_item(TableName=self._table, Key=key_of(pk, sk), ConsistentRead=True)
        row: dict[str, Any] = answer.get("Item", {})
        return row

    def _batch(self, places: tuple[Place, ...]) -> dict[Place, dict[str, Any]]:
        """Rows by their places, as far as there are any. DynamoDB may leave some out when it is busy."""
        wanted: dict[str, Any] = {self._table: {"Keys": [key_of(*place) for place in places], "ConsistentRead": True}}
        rows: list[dict[str, Any]] = []
        for _ in range(_BATCH_ATTEMPTS):
            with translated(f"read from ledger {self._table}"):
                answer = client("dynamodb").batch_get_item(RequestItems=wanted)
            rows += answer["Responses"].get(self._table, [])
            wanted = answer.get("UnprocessedKeys") or {}
            if not wanted:
                return {place_of(row): row for row in rows}
        text = f"ledger {self._table} left {len(wanted[self._table]['Keys'])} keys unread {_BATCH_ATTEMPTS} times"
        raise ServiceUnavailable(text)

    def _query(self, pk: str, prefix: str) -> list[str]:
        more = ("begins_with(sk, :sk)", {":sk": prefix}) if prefix else ()
        return [body_of(row) for row in query(self._table, pk, *more)]

    def _index(  # noqa: PLR0913 - the few ways in which the two indexes are read
        self,
        index: str,
        key: str,
        value: str,
        limit: int,
        *,
        newest_first: bool = False,
        after: tuple[str, str] | None = None,
        until: tuple[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        condition, values = f"{key} = :key", {":key": {"S": value}}
        if after and after[1]:
            condition, values[":at"] = f"{condition} AND {after[0]} > :at", {"S": after[1]}
        if until:
            condition, values[":at"] = f"{condition} AND {until[0]} <= :at", {"S": until[1]}
        with translated(f"query ledger {self._table}"):
            pages = (
                client("dynamodb")
                .get_paginator("query")
                .paginate(
                    TableName=self._table,
                    IndexName=index,
                    KeyConditionExpression=condition,
                    ExpressionAttributeValues=values,
                    ScanIndexForward=not newest_first,
                    PaginationConfig={"MaxItems": limit},
                )
            )
            return [row for page in pages for row in page["Items"]]
