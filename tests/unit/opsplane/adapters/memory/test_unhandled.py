"""A queue of unhandled events that only remembers."""

from opsplane.adapters.memory.unhandled import MemoryUnhandledQueue


def test_events_are_kept_whole_with_their_reason() -> None:
    """In the order in which they came."""
    queue = MemoryUnhandledQueue()

    queue.keep({"id": "event-1"}, "nobody reads it")
    queue.keep(None, "no event")

    assert queue.kept == [({"id": "event-1"}, "nobody reads it"), (None, "no event")]
