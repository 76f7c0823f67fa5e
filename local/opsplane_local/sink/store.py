"""The messages that came in, in a file that outlives the process."""

import json
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

Kind = Literal["slack", "pagerduty"]
KEPT_REFUSALS = 50


class Message(BaseModel):
    """One accepted message.

    `id` is the moment of arrival as Slack writes a `ts` (seconds, a dot, six digits), unique, and sorts as time does.
    `received_at` and `updated_at` are seconds since the epoch.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    kind: Kind
    channel: str
    received_at: float
    updated_at: float | None = None
    payload: dict[str, Any]


class Refusal(BaseModel):
    """One message that was not taken, as Slack or PagerDuty would not have taken it."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    at: float
    status: int
    error: str
    reason: str


class MessageStore:
    """Keeps messages in memory and in a JSON Lines file, newest last. Refusals are kept in memory only."""

    def __init__(self, file: Path, now: Callable[[], float] = time.time) -> None:
        self._file = file
        self._now = now
        self._guard = threading.Lock()
        self._messages: dict[str, Message] = {}
        self._refusals: deque[Refusal] = deque(maxlen=KEPT_REFUSALS)
        self._version = 0
        self._birth = uuid.uuid4().hex[:8]
        file.parent.mkdir(parents=True, exist_ok=True)
        self._load()

    @property
    def version(self) -> str:
        """Another text after each change, and in each process."""
        return f"{self._birth}-{self._version}"

    def messages(self) -> list[Message]:
        """All messages, newest last."""
        with self._guard:
            return list(self._messages.values())

    def refusals(self) -> list[Refusal]:
        """The latest refusals, newest last."""
        with self._guard:
            return list(self._refusals)

    def add(self, kind: Kind, channel: str, payload: dict[str, Any]) -> Message:
        """Take a message in."""
        with self._guard:
            moment = self._now()
            message = Message(id=self._free_id(moment), kind=kind, channel=channel, received_at=moment, payload=payload)
            self._put(message)
            return message

    def update(self, identity: str, channel: str, payload: dict[str, Any]) -> Message | None:
        """Replace what a message says; None when the channel has no such message."""
        with self._guard:
            known = self._messages.get(identity)
            if known is None or known.channel != channel:
                return None
            changed = known.model_copy(update={"payload": payload, "updated_at": self._now()})
            self._put(changed)
            return changed

    def refuse(self, kind: Kind, status: int, error: str, reason: str) -> None:
        """Remember that something was refused, and why."""
        with self._guard:
            self._refusals.append(Refusal(kind=kind, at=self._now(), status=status, error=error, reason=reason))
            self._version += 1

    def clear(self) -> int:
        """Forget all messages and refusals. Returns how many messages there were."""
        with self._guard:
            count = len(self._messages)
            self._messages.clear()
            self._refusals.clear()
            self._file.write_text("")
            self._version += 1
            return count

    def _put(self, message: Message) -> None:
        self._messages[message.id] = message
        self._version += 1
        with self._file.open("a") as handle:
            handle.write(message.model_dump_json() + "\n")

    def _free_id(self, moment: float) -> str:
        micros = int(moment * 1_000_000)
        while (name := f"{micros // 1_000_000}.{micros % 1_000_000:06d}") in self._messages:
            micros += 1
        return name

    def _load(self) -> None:
        if not self._file.exists():
            return
        for line in self._file.read_text().splitlines():
            try:
                message = Message.model_validate(json.loads(line))
            except (ValueError, ValidationError):
                # The last line of a process that was killed while writing; the message was never acknowledged.
                continue
            self._messages[message.id] = message
