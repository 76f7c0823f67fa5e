"""The queue of notices in memory."""

from opsplane.adapters.memory.notice_queue import MemoryNoticeQueue


def test_it_remembers_when_a_record_comes_back() -> None:
    """The last wish counts, as on SQS."""
    queue = MemoryNoticeQueue()

    queue.postpone("receipt", 5)
    queue.postpone("receipt", 10)

    assert queue.postponed == {"receipt": 10}
