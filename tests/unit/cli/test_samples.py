"""Event files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import group_opened
from opsplane_cli.exits import CommandError, ExitCode
from opsplane_cli.samples import Sample, Shape, flaw, read, renewed


@pytest.mark.parametrize(
    ("event", "shape"),
    [
        ({"kind": "sweep"}, Shape.SCHEDULE),
        ({"kind": "daily"}, Shape.SCHEDULE),
        ({"kind": "unknown"}, Shape.ENVELOPE),
        ({"kind": ["sweep"]}, Shape.ENVELOPE),
        ({"Records": []}, Shape.QUEUE),
        ({"Records": "none"}, Shape.ENVELOPE),
        ({"detail-type": "x", "Records": [], "kind": "sweep"}, Shape.ENVELOPE),
        ({}, Shape.ENVELOPE),
    ],
)
def test_an_event_tells_who_would_deliver_it(event: dict[str, Any], shape: Shape) -> None:
    """A schedule, a queue, or a bus; whatever is neither of the first two counts as an envelope."""
    assert Sample(Path("x.json"), event).shape is shape


@pytest.mark.parametrize("text", ["", "{", "[1]", '"text"', "null", "\x00", '{"x": NaN}', "[" * 100_000])
def test_a_file_that_is_no_json_object_is_a_usage_error(save: Callable[[object], str], text: str) -> None:
    """The message names the file."""
    file = save(text)

    with pytest.raises(CommandError) as caught:
        read(Path(file))

    assert caught.value.code is ExitCode.USAGE
    assert file in caught.value.message


def test_bytes_that_are_no_text_are_a_usage_error(tmp_path: Path) -> None:
    """Somebody sends a picture."""
    (tmp_path / "picture.json").write_bytes(b"\xff\xfe\xfd")

    with pytest.raises(CommandError) as caught:
        read(tmp_path / "picture.json")

    assert caught.value.code is ExitCode.USAGE


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": None}, "source is no text"),
        ({"detail-type": ""}, "detail-type is no text"),
        ({"source": 7, "detail-type": 8}, "source and detail-type is no text"),
        ({"detail": "text"}, "detail is no object"),
        ({"resources": "none"}, "resources are no list"),
        ({"resources": [1]}, "resources are no list"),
        ({"time": "yesterday"}, "time is no moment"),
        ({"time": 7}, "time is no moment"),
        ({"account": "111122223333"}, "its own account"),
    ],
)
def test_an_envelope_that_no_bus_could_carry_tells_why(change: dict[str, Any], reason: str) -> None:
    """A bus stamps and checks; a flaw would be lost or refused on the way."""
    found = flaw({**group_opened(), **change}, "000000000000")

    assert found is not None
    assert reason in found


def test_a_sound_envelope_has_no_flaw() -> None:
    """An event of the own account goes over the bus."""
    assert flaw(group_opened(), "000000000000") is None


def test_a_renewed_envelope_differs_in_its_id_only() -> None:
    """Everything else is the same event."""
    event = group_opened()

    fresh = renewed(event)

    assert fresh["id"] != event["id"]
    assert {**fresh, "id": event["id"]} == event


@pytest.mark.parametrize("event", [{"kind": "sweep"}, {"id": 7}, [1], "text", None])
def test_what_has_no_id_stays_as_it_is(event: Any) -> None:
    """Broken events keep their flaws."""
    assert renewed(event) == event
