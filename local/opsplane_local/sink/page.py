"""The page: messages by channel, replies under what they answer, incidents as PagerDuty keeps them."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from opsplane_local.sink import mrkdwn
from opsplane_local.sink.store import Message, MessageStore

FOLDER = Path(__file__).parent
SHOWN = 200
STATE_AFTER = {"trigger": "triggered", "acknowledge": "acknowledged", "resolve": "resolved"}


@dataclass
class Thread:
    """A Slack message with its replies, or a PagerDuty incident with the events after the one that opened it."""

    message: Message
    replies: list[Message] = field(default_factory=list)
    state: str = ""

    @property
    def at(self) -> float:
        """When it began, in seconds since the epoch."""
        return self.message.received_at


def environment() -> Environment:
    """The templates, with everything escaped that is not marked as safe by `mrkdwn`."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=ChainableUndefined,  # what is shown was sent by others: any field may be missing
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["mrkdwn"] = lambda value: mrkdwn.render(str(value))
    templates.filters["plain"] = lambda value: mrkdwn.render_plain(str(value))
    templates.filters["clock"] = lambda moment: f"{datetime.fromtimestamp(moment, tz=UTC):%Y-%m-%dT%H:%M:%SZ}"
    templates.filters["bubble"] = text_object
    templates.filters["pretty"] = lambda value: json.dumps(value, indent=2, ensure_ascii=False)
    templates.filters["as_list"] = lambda value: value if isinstance(value, list) else []
    templates.filters["web_link"] = lambda url: url if str(url).startswith(("https://", "http://")) else ""
    return templates


def text_object(value: Any) -> str:
    """The HTML for a Block Kit text object."""
    if not isinstance(value, dict):
        return ""
    text = str(value.get("text", ""))
    return mrkdwn.render(text) if value.get("type") == "mrkdwn" else mrkdwn.render_plain(text)


def context_of(store: MessageStore, channel: str) -> dict[str, Any]:
    """What the templates need to show a channel, or everything where `channel` is empty."""
    messages = store.messages()
    shown = threads_of([message for message in messages if not channel or message.channel == channel])[-SHOWN:]
    refusals = [] if channel else store.refusals()
    return {
        "channel": channel,
        "channels": sorted(Counter(message.channel for message in messages).items()),
        "total": len(messages),
        "entries": sorted([*shown, *refusals], key=lambda entry: entry.at),
    }


def threads_of(messages: Sequence[Message]) -> list[Thread]:
    """Messages in the order of their arrival, with what belongs to an earlier one under that one.

    Slack names the message that is answered; PagerDuty puts events with one dedup_key into one incident until that
    is resolved.
    """
    threads: list[Thread] = []
    parents: dict[str, Thread] = {}
    for message in messages:
        if message.kind == "pagerduty":
            _file_event(message, threads, parents)
            continue
        parent = parents.get(str(message.payload.get("thread_ts", "")))
        if parent is not None:
            parent.replies.append(message)
        else:
            parents[message.id] = _begin(message, threads)
    return threads


def _file_event(message: Message, threads: list[Thread], parents: dict[str, Thread]) -> None:
    key, action = str(message.payload["dedup_key"]), message.payload["event_action"]
    incident = parents.get(key)
    if incident is None:
        incident = parents[key] = _begin(message, threads)
    else:
        incident.replies.append(message)
    # A second trigger of an acknowledged incident does not wake people again.
    if not (action == "trigger" and incident.state == "acknowledged"):
        incident.state = STATE_AFTER[action]
    if action == "resolve":
        del parents[key]


def _begin(message: Message, threads: list[Thread]) -> Thread:
    threads.append(Thread(message))
    return threads[-1]
