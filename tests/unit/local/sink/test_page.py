"""What belongs together is shown together."""

from pathlib import Path

from opsplane_local.sink.page import context_of, threads_of
from opsplane_local.sink.store import Message, MessageStore


def slack(identity: str, **payload: object) -> Message:
    """A Slack message."""
    return Message(id=identity, kind="slack", channel="#a", received_at=float(identity), payload=payload)


def pager(identity: str, action: str, key: str = "k") -> Message:
    """A PagerDuty event."""
    payload = {"event_action": action, "dedup_key": key}
    return Message(id=identity, kind="pagerduty", channel="PagerDuty", received_at=float(identity), payload=payload)


def test_replies_stand_under_what_they_answer() -> None:
    """A `thread_ts` that is known makes a reply, an unknown one a message of its own."""
    threads = threads_of([slack("1.0"), slack("2.0", thread_ts="1.0"), slack("3.0", thread_ts="0.5")])

    assert [(thread.message.id, [reply.id for reply in thread.replies]) for thread in threads] == [
        ("1.0", ["2.0"]),
        ("3.0", []),
    ]


def test_events_with_one_key_are_one_incident_until_it_is_resolved() -> None:
    """After the resolve a trigger opens a new incident, and the old one stays resolved."""
    events = [pager("1.0", "trigger"), pager("2.0", "acknowledge"), pager("3.0", "trigger"), pager("4.0", "resolve")]

    threads = threads_of([*events, pager("5.0", "trigger")])

    assert [(thread.state, len(thread.replies)) for thread in threads] == [("resolved", 3), ("triggered", 0)]


def test_a_repeated_trigger_leaves_an_incident_acknowledged() -> None:
    """It does not wake people again."""
    [incident] = threads_of([pager("1.0", "trigger"), pager("2.0", "acknowledge"), pager("3.0", "trigger")])

    assert incident.state == "acknowledged"


def test_a_channel_shows_its_own_messages_only(tmp_path: Path) -> None:
    """The list of channels and the total stay whole; refusals have no channel."""
    store = MessageStore(tmp_path / "m.jsonl")
    store.add("slack", "#a", {"text": "a"})
    store.add("slack", "#b", {"text": "b"})
    store.refuse("slack", 400, "no_text", "r")

    context = context_of(store, "#b")

    assert [entry.message.payload["text"] for entry in context["entries"]] == ["b"]
    assert context["channels"] == [("#a", 1), ("#b", 1)]
    assert context["total"] == 2
    assert len(context_of(store, "")["entries"]) == 3
