"""Messages stay: in order, with an id of their own, also after a restart."""

from pathlib import Path

from opsplane_local.sink.store import MessageStore


def test_messages_come_back_after_a_restart(tmp_path: Path) -> None:
    """A new process reads what the last one wrote, newest last."""
    file = tmp_path / "deep" / "messages.jsonl"
    store = MessageStore(file)
    store.add("slack", "#a", {"text": "one"})
    store.add("pagerduty", "PagerDuty", {"dedup_key": "k"})

    again = MessageStore(file)

    assert [message.payload for message in again.messages()] == [{"text": "one"}, {"dedup_key": "k"}]


def test_messages_of_one_moment_have_different_ids(tmp_path: Path) -> None:
    """An id is a Slack `ts`; two messages in one microsecond do not share it."""
    store = MessageStore(tmp_path / "m.jsonl", now=lambda: 1700000000.5)

    ids = [store.add("slack", "#a", {"text": str(number)}).id for number in range(3)]

    assert ids == ["1700000000.500000", "1700000000.500001", "1700000000.500002"]


def test_an_update_keeps_its_place_also_after_a_restart(tmp_path: Path) -> None:
    """The message says the new thing, where it stood."""
    file = tmp_path / "m.jsonl"
    store = MessageStore(file)
    first = store.add("slack", "#a", {"text": "old"})
    store.add("slack", "#a", {"text": "later"})

    updated = store.update(first.id, "#a", {"text": "new"})

    assert updated is not None
    assert updated.updated_at is not None
    assert [message.payload["text"] for message in MessageStore(file).messages()] == ["new", "later"]


def test_an_update_in_another_channel_is_none(tmp_path: Path) -> None:
    """A `ts` counts only together with its channel."""
    store = MessageStore(tmp_path / "m.jsonl")
    message = store.add("slack", "#a", {"text": "old"})

    assert store.update(message.id, "#b", {"text": "new"}) is None


def test_half_a_line_of_a_killed_process_is_left_out(tmp_path: Path) -> None:
    """The rest of the file is still read."""
    file = tmp_path / "m.jsonl"
    MessageStore(file).add("slack", "#a", {"text": "whole"})
    file.write_text(file.read_text() + '{"id": "1.2", "ki')

    assert [message.payload["text"] for message in MessageStore(file).messages()] == ["whole"]


def test_clear_forgets_messages_and_refusals(tmp_path: Path) -> None:
    """Also on disk, and the version moves so that pages notice."""
    store = MessageStore(tmp_path / "m.jsonl")
    store.add("slack", "#a", {"text": "x"})
    store.refuse("slack", 400, "no_text", "nothing")
    before = store.version

    assert store.clear() == 1

    assert store.messages() == []
    assert store.refusals() == []
    assert MessageStore(tmp_path / "m.jsonl").messages() == []
    assert store.version != before
