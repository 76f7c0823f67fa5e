"""One kind of resource that sends events: how to look at it, and what a change of it says."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

type Entry = dict[str, Any]
"""One event as PutEvents takes it."""

type Backend = Any
"""Moto's state of one service in one region."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A resource at one moment: the state that its events are about, and what else they say of it."""

    state: object
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource.

    `look` returns what is there, by ARN; `tell` returns the events of a resource whose state has changed, with None
    as its former state when it is new.
    """

    service: str
    look: Callable[[Backend], Iterable[tuple[str, Seen]]]
    tell: Callable[[str, Seen | None, Seen], Iterable[Entry]]


def entry(source: str, detail_type: str, arn: str, detail: Mapping[str, Any]) -> Entry:
    """Return the event about the resource `arn`."""
    return {
        "Source": source,
        "DetailType": detail_type,
        "Resources": [arn],
        "Detail": json.dumps(detail),
        "Time": datetime.now(UTC).timestamp(),
    }


def moment() -> str:
    """Return the present as AWS writes it into these events: `2026-11-27T19:27:22.695Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
