"""Grows a small committed sample to the size of a very large event."""

import json
from typing import Final

from opsplane_local.scenes.envelopes import Event, substitute

MARKER: Final = "grown to 250 KB when it is sent"
"""The text in the sample that grows."""

SIZE: Final = 250_000
"""Bytes of the whole event as compact JSON; EventBridge takes 256 KiB in one entry."""

_SENTENCE: Final = "This description does not end. "


def inflate(event: Event, size: int = SIZE) -> Event:
    """Return `event` with the marker text grown until its compact JSON has `size` bytes; smaller ones stay.

    An event without the marker comes back equal.
    """
    missing = size - len(json.dumps(event, separators=(",", ":")).encode()) + len(MARKER)
    if missing <= len(MARKER):
        return event
    text = _SENTENCE * (missing // len(_SENTENCE) + 1)
    return substitute(event, {MARKER: text[:missing]})
