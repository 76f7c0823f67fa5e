"""The huge sample is small in the repository and huge when it is sent."""

import json
from collections.abc import Callable

from opsplane_local.scenes import Event
from opsplane_local.scenes.inflation import MARKER, inflate


def test_the_sample_grows_to_exactly_its_size(load: Callable[[str], Event]) -> None:
    """250,000 bytes as compact JSON, and the marker is gone."""
    grown = json.dumps(inflate(load("broken/huge-text.json")), separators=(",", ":"))

    assert len(grown.encode()) == 250_000
    assert MARKER not in grown


def test_an_event_without_the_marker_does_not_grow() -> None:
    """Nothing says where it should."""
    assert inflate({"a": "b"}) == {"a": "b"}


def test_an_event_that_is_large_already_stays() -> None:
    """Growing never shrinks."""
    event = {"a": MARKER, "b": "x" * 100}

    assert inflate(event, size=50) == event
