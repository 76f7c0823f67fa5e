"""What the scheduler keeps in the ledger's table.

::

    SCHEDULES       FILE, OVERRIDES#dev, HEAD#dev   all that a sweep needs: one query
    SCHEDULES#FILE  000001, 000002                  every file that was ever in force
    SLEEP#dev       OPEN#ecs:app/web                a sleep that lasts; there is at most one of a workload
    SLEEP#dev       ENDED#2026-11-27T13:00:04…      one that is over
"""

import json
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from opsplane.adapters.aws.clients import client
from opsplane.adapters.aws.faults import is_conflict, translated
from opsplane.adapters.aws.ledger_rows import NEW, body_of, condition_of, place_of, row_of, stamp
from opsplane.errors import LedgerConflict
from opsplane.schedules.override import Override
from opsplane.schedules.sleep import Head, Sleep
from opsplane.schedules.store import Exceptions, Kept, Pushed

_ALL = "SCHEDULES"
_FILES = "SCHEDULES#FILE"


class DynamoScheduleStore:
    """Implements `opsplane.schedules.store.ScheduleStore`."""

    def __init__(self, table: str) -> None:
        """The table of that name, in the region of the process."""
        self._table = table

    def read(self) -> Kept:
        """The file in force, all overrides and all heads, in one call."""
        rows = {place_of(row)[1]: row for row in self._query(_ALL)}
        pushed = rows.get("FILE")
        return Kept(
            pushed=Pushed.model_validate_json(body_of(pushed)) if pushed else None,
            exceptions={_rest(sk): _exceptions(row) for sk, row in rows.items() if sk.startswith("OVERRIDES#")},
            heads={
                _rest(sk): Head.model_validate_json(body_of(row)) for sk, row in rows.items() if sk.startswith("HEAD#")
            },
        )

    def pushes(self) -> tuple[Pushed, ...]:
        """All files that people ever put in force, newest first."""
        return tuple(Pushed.model_validate_json(body_of(row)) for row in reversed(self._query(_FILES)))

    def push(self, pushed: Pushed) -> None:
        """Put a file in force; earlier ones are kept."""
        body = pushed.model_dump_json()
        self._write(
            [
                self._put(row_of(_ALL, "FILE", body), pushed.version),
                self._put(row_of(_FILES, f"{pushed.version:06d}", body), pushed.version, condition=NEW),
            ],
            pushed.name,
        )

    def put_exceptions(self, environment: str, exceptions: Exceptions) -> None:
        """Write the overrides of an environment."""
        body = json.dumps([each.model_dump(mode="json") for each in exceptions.overrides])
        row = row_of(_ALL, f"OVERRIDES#{environment}", body)
        self._write([self._put(row, exceptions.version)], f"the overrides of {environment}")

    def put_head(self, head: Head) -> None:
        """Write an environment."""
        row = row_of(_ALL, f"HEAD#{head.environment}", head.model_dump_json())
        self._write([self._put(row, head.version)], f"environment {head.environment}")

    def sleeps(self, environment: str) -> tuple[Sleep, ...]:
        """The sleeps that last."""
        rows = self._query(f"SLEEP#{environment}", ("begins_with(sk, :sk)", {":sk": {"S": "OPEN#"}}))
        return tuple(Sleep.model_validate_json(body_of(row)) for row in rows)

    def put_sleep(self, sleep: Sleep) -> None:
        """Write a sleep that begins or goes on."""
        self._write([self._put(_open_row(sleep), sleep.version)], f"the sleep of {sleep.key}")

    def end_sleep(self, sleep: Sleep, then: Sleep | None = None) -> None:
        """Write that a sleep ended, and the one that follows in its place."""
        over = row_of(f"SLEEP#{sleep.environment}", f"ENDED#{_end(sleep)}#{sleep.key}", sleep.model_dump_json())
        row, stored = _open_row(then or sleep), sleep.version - 1
        if then:
            last = self._put(row, then.version, condition="version = :v", stored=stored)
        else:
            key = {name: row[name] for name in ("pk", "sk")}
            values = {":v": {"N": str(stored)}}
            condition = {"ConditionExpression": "version = :v", "ExpressionAttributeValues": values}
            last = {"Delete": {"TableName": self._table, "Key": key, **condition}}
        self._write([self._put(over, sleep.version, condition=NEW), last], f"the sleep of {sleep.key}")

    def ended(self, environment: str, since: datetime) -> tuple[Sleep, ...]:
        """The sleeps that ended at or after a moment, oldest first."""
        values = {":since": {"S": f"ENDED#{stamp(since)}"}, ":end": {"S": "ENDED$"}}
        rows = self._query(f"SLEEP#{environment}", ("sk BETWEEN :since AND :end", values))
        return tuple(Sleep.model_validate_json(body_of(row)) for row in rows)

    def _put(self, row: dict[str, Any], version: int, *, condition: str = "", stored: int | None = None) -> Any:
        """A put on condition that the row is still the version before this one."""
        expected, values = condition_of(version - 1 if stored is None else stored)
        put = {"TableName": self._table, "Item": {**row, "version": {"N": str(version)}}}
        put["ConditionExpression"] = condition or expected
        if values and put["ConditionExpression"] != NEW:
            put["ExpressionAttributeValues"] = values
        return {"Put": put}

    def _write(self, puts: list[Any], what: str) -> None:
        try:
            with translated(f"write to ledger {self._table}"):
                client("dynamodb").transact_write_items(TransactItems=puts)
        except Exception as error:
            if isinstance(error.__cause__, ClientError) and is_conflict(error.__cause__):
                text = f"{what} was written by somebody else"
                raise LedgerConflict(text) from error
            raise

    def _query(self, pk: str, more: tuple[str, dict[str, Any]] = ("", {})) -> list[dict[str, Any]]:
        condition = f"pk = :pk AND {more[0]}" if more[0] else "pk = :pk"
        with translated(f"query ledger {self._table}"):
            pages = (
                client("dynamodb")
                .get_paginator("query")
                .paginate(
                    TableName=self._table,
                    KeyConditionExpression=condition,
                    ExpressionAttributeValues={":pk": {"S": pk}, **more[1]},
                    ConsistentRead=True,
                )
            )
            return [row for page in pages for row in page["Items"]]


def _rest(sk: str) -> str:
    return sk.partition("#")[2]


def _exceptions(row: dict[str, Any]) -> Exceptions:
    every = tuple(Override.model_validate(each) for each in json.loads(body_of(row)))
    return Exceptions(every, int(row["version"]["N"]))


def _open_row(sleep: Sleep) -> dict[str, Any]:
    return row_of(f"SLEEP#{sleep.environment}", f"OPEN#{sleep.key}", sleep.model_dump_json())


def _end(sleep: Sleep) -> str:
    return stamp(sleep.ended_at) if sleep.ended_at else ""
