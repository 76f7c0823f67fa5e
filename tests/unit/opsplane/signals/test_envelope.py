"""The envelope that EventBridge puts around every event."""

import pytest
from builders import group_opened
from opsplane.errors import UnhandledEvent
from opsplane.signals.envelope import Envelope, parse_wire


def test_an_envelope_has_what_every_event_has() -> None:
    """Fields that we do not read are passed over."""
    found = parse_wire(Envelope, {**group_opened(), "replay-name": "r-1"}, "event")

    assert (found.id, found.detail_type) == ("event-1", "AWS API Call via CloudTrail")
    assert found.time.isoformat() == "2026-11-22T10:00:00+00:00"


def test_a_refusal_names_three_fields_and_counts_the_rest() -> None:
    """Enough to see what is wrong, and no list without end."""
    with pytest.raises(UnhandledEvent, match=r"^event has the wrong shape: id: .* and 4 more$"):
        parse_wire(Envelope, {}, "event")


def test_what_is_no_object_is_named_as_such() -> None:
    """There is no field to name."""
    with pytest.raises(UnhandledEvent, match=r"^event has the wrong shape: \(root\): "):
        parse_wire(Envelope, [], "event")
