"""Event files: reading them, and telling what kind of event they hold."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from opsplane.model import JsonObject

from opsplane_cli.exits import CommandError, ExitCode

SCHEDULED = {
    "sweep": "scheduler",
    "edge": "scheduler",
    "daily": "drift",
    "weekly": "reporter",
    "monthly": "reporter",
}
"""Which function a schedule wakes, by the `kind` of its input."""


class Shape(StrEnum):
    """Who would deliver an event like this."""

    ENVELOPE = "envelope"
    SCHEDULE = "schedule"
    QUEUE = "queue"


@dataclass(frozen=True)
class Sample:
    """One event file, read."""

    path: Path
    event: JsonObject

    @property
    def shape(self) -> Shape:
        """What the event looks like; whatever is no schedule and no batch of a queue counts as an envelope."""
        kind = self.event.get("kind")
        if "detail-type" in self.event:
            return Shape.ENVELOPE
        if isinstance(self.event.get("Records"), list):
            return Shape.QUEUE
        return Shape.SCHEDULE if isinstance(kind, str) and kind in SCHEDULED else Shape.ENVELOPE


def read(path: Path) -> Sample:
    """Read an event file.

    Raises:
        CommandError: it is not a JSON object.
    """
    try:
        event = json.loads(path.read_bytes(), parse_constant=_refuse_constant)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        raise CommandError(message, code=ExitCode.USAGE) from error
    except (ValueError, RecursionError) as error:
        message = f"{path} is not JSON: {error}"
        raise CommandError(message, code=ExitCode.USAGE) from error
    if not isinstance(event, dict):
        message = f"{path} holds no JSON object, so it is no event"
        raise CommandError(message, code=ExitCode.USAGE)
    return Sample(path, event)


def _refuse_constant(name: str) -> None:
    """Python reads `NaN` and `Infinity`; JSON knows neither, and no bus takes them."""
    message = f"{name} is no JSON value"
    raise ValueError(message)


def flaw(event: JsonObject, account: str) -> str | None:
    """Why a bus could not carry this envelope as it is, or None when it could."""
    texts = ("source", "detail-type")
    if missing := [name for name in texts if not isinstance(event.get(name), str) or not event[name]]:
        return f"its {' and '.join(missing)} is no text"
    if not isinstance(event.get("detail"), dict):
        return "its detail is no object"
    resources: Any = event.get("resources", [])
    if not isinstance(resources, list) or not all(isinstance(resource, str) for resource in resources):
        return "its resources are no list of texts"
    if not _is_moment(event.get("time")):
        return "its time is no moment"
    if event.get("account") != account:
        return "a bus would put its own account in place of the one that it states"
    return None


def _is_moment(found: object) -> bool:
    try:
        return isinstance(found, str) and datetime.fromisoformat(found).tzinfo is not None
    except ValueError:
        return False


def renewed[T](event: T) -> T | JsonObject:
    """An envelope with a new id, as a bus would give it: the same id again would be taken for a repetition.

    What has no id, or is no object, stays as it is.
    """
    if not isinstance(event, dict) or not isinstance(event.get("id"), str):
        return event
    return {**event, "id": str(uuid.uuid4())}
