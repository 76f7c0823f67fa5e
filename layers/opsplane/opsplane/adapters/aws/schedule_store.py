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

from opsplane.adapters.aws.ledger_rows import body_of, condition_of, place_of, row_of, stamp
from opsplane.adapters.aws.ledger_table import query, transact
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
        rows = {place_of(row)[1]: row for row in query(self._table, _ALL)}
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
        return tuple(Pushed.model_validate_json(body_of(row)) for row in reversed(query(self._table, _FILES)))

    def push(self, pushed: Pushed) -> None:
        """Put a file in force; earlier ones are kept."""
        body = pushed.model_dump_json()
        transact(
            self._table,
            [
                self._put(row_of(_ALL, "FILE", body), pushed.version),
                self._put(row_of(_FILES, f"{pushed.version:06d}", body), pushed.version, 0),
            ],
            pushed.name,
        )

    def put_exceptions(self, environment: str, exceptions: Exceptions) -> None:
        """Write the overrides of an environment."""
        body = json.dumps([each.model_dump(mode="json") for each in exceptions.overrides])
        row = row_of(_ALL, f"OVERRIDES#{environment}", body)
        transact(self._table, [self._put(row, exceptions.version)], f"the overrides of {environment}")

    def put_head(self, head: Head) -> None:
        """Write an environment."""
        row = row_of(_ALL, f"HEAD#{head.environment}", head.model_dump_json())
        transact(self._table, [self._put(row, head.version)], f"environment {head.environment}")

    def sleeps(self, environment: str) -> tuple[Sleep, ...]:
        """The sleeps that last."""
        rows = query(self._table, f"SLEEP#{environment}", "begins_with(sk, :sk)", {":sk": "OPEN#"})
        return tuple(Sleep.model_validate_json(body_of(row)) for row in rows)

    def put_sleep(self, sleep: Sleep) -> None:
        """Write a sleep that begins or goes on."""
        transact(self._table, [self._put(_open_row(sleep), sleep.version)], f"the sleep of {sleep.key}")

    def end_sleep(self, sleep: Sleep, then: Sleep | None = None) -> None:
        """Write that a sleep ended, and the one that follows in its place."""
        over = row_of(f"SLEEP#{sleep.environment}", f"ENDED#{_end(sleep)}#{sleep.key}", sleep.model_dump_json())
        stored, open_row = sleep.version - 1, _open_row(then or sleep)
        last = self._put(open_row, then.version, stored) if then else self._delete(open_row, stored)
        transact(self._table, [self._put(over, sleep.version, 0), last], f"the sleep of {sleep.key}")

    def ended(self, environment: str, since: datetime) -> tuple[Sleep, ...]:
        """The sleeps that ended at or after a moment, oldest first."""
        values = {":since": f"ENDED#{stamp(since)}", ":end": "ENDED$"}
        rows = query(self._table, f"SLEEP#{environment}", "sk BETWEEN :since AND :end", values)
        return tuple(Sleep.model_validate_json(body_of(row)) for row in rows)

    def _put(self, row: dict[str, Any], version: int, stored: int | None = None) -> dict[str, Any]:
        """A put on condition that the row is the version `stored` (0: that there is none), else the one before."""
        condition = _condition(version - 1 if stored is None else stored)
        return {"Put": {"TableName": self._table, "Item": {**row, "version": {"N": str(version)}}, **condition}}

    def _delete(self, row: dict[str, Any], stored: int) -> dict[str, Any]:
        """The end of a row, on condition that it is still the version `stored`."""
        key = {name: row[name] for name in ("pk", "sk")}
        return {"Delete": {"TableName": self._table, "Key": key, **_condition(stored)}}


def _condition(stored: int) -> dict[str, Any]:
    expression, values = condition_of(stored)
    return {"ConditionExpression": expression, **({"ExpressionAttributeValues": values} if values else {})}


def _rest(sk: str) -> str:
    return sk.partition("#")[2]


def _exceptions(row: dict[str, Any]) -> Exceptions:
    every = tuple(Override.model_validate(each) for each in json.loads(body_of(row)))
    return Exceptions(every, int(row["version"]["N"]))


def _open_row(sleep: Sleep) -> dict[str, Any]:
    return row_of(f"SLEEP#{sleep.environment}", f"OPEN#{sleep.key}", sleep.model_dump_json())


def _end(sleep: Sleep) -> str:
    return stamp(sleep.ended_at) if sleep.ended_at else ""
