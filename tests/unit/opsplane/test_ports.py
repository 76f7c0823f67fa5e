"""What the core needs from outside."""

import pytest
from opsplane.ports import event_id


def test_an_event_is_known_by_its_id() -> None:
    """The id that AWS gave is the id."""
    assert event_id({"id": "event-1"}) == "event-1"


@pytest.mark.parametrize("event", [None, [], "text", {}, {"id": None}, {"id": 7}, {"id": ""}, {"id": {"$": 1}}])
def test_an_event_without_an_id_gets_one_that_says_so(event: object) -> None:
    """It is the same for the same content, as a delivery that is repeated has it."""
    assert event_id(event).startswith("no-id-")
    assert event_id(event) == event_id(event)


def test_two_events_without_an_id_do_not_share_one() -> None:
    """Else the second would be taken for a repetition of the first and be lost."""
    assert event_id({"source": "one"}) != event_id({"source": "two"})
