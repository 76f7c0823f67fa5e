"""A notice as Slack Block Kit.

Limits: https://docs.slack.dev/reference/block-kit/blocks — 150 characters in a header, 3,000 in a section, 2,000 in a
field. Escaping: https://docs.slack.dev/messaging/formatting-message-text — only &, < and > count.
"""

from typing import Any

from opsplane.notices.notice import Notice
from opsplane.signals.signal import Severity

HEADER, SECTION, FIELD, CONFIRMATION = 150, 3000, 2000, 300

PRESS = "opsplane."
"""How the `action_id` of a button of ours begins; the command follows."""

_STYLES = {"approve": "primary", "undo": "danger"}
_ASKED = frozenset({"approve", "undo"})

_MARKS = {
    Severity.CRITICAL: ":rotating_light:",
    Severity.HIGH: ":warning:",
    Severity.MEDIUM: ":large_yellow_circle:",
    Severity.LOW: ":large_blue_circle:",
    Severity.INFO: ":information_source:",
}
_OVER = ":white_check_mark:"


def escape(text: str) -> str:
    """Text that Slack shows as it is: no mention, link or date token can come out of it.

    A backtick cannot be escaped inside code, so it becomes an apostrophe.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("`", "'")


def fit(text: str, limit: int) -> str:
    """Escaped text that is cut, never in the middle of an entity, to at most `limit` characters."""
    escaped = escape(text)
    if len(escaped) <= limit:
        return escaped
    cut = escaped[: limit - 1]
    start = cut.rfind("&")
    whole = cut[:start] if start > cut.rfind(";") else cut
    return f"{whole}…"


def render(notice: Notice, *, buttons: bool = False) -> dict[str, Any]:
    """The body of a `chat.postMessage` or webhook call: blocks, and `text` for notifications and old clients.

    `buttons` are there where somebody hears when one is pressed.
    """
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _cut(notice.headline, HEADER), "emoji": False}},
        {"type": "section", "fields": [_field(*pair) for pair in _facts(notice)]},
    ]
    if notice.reason:
        blocks.append(_section(f"*Why*\n{fit(notice.reason, SECTION - 10)}"))
    if notice.steps:
        blocks.append(_section("*What*\n" + _bullets(notice.steps)))
    if buttons and notice.answers:
        blocks.append({"type": "actions", "elements": [_button(verb, notice) for verb in notice.answers]})
    blocks.append({"type": "context", "elements": [_text(part) for part in _footer(notice)]})
    return {"text": fit(f"{notice.headline} ({notice.environment})", SECTION), "blocks": blocks}


def _button(verb: str, notice: Notice) -> dict[str, Any]:
    """A button; what it leads to is checked when it is pressed, so that a forged or late press can do no harm."""
    button: dict[str, Any] = {
        "type": "button",
        "action_id": f"{PRESS}{verb}",
        "value": notice.about,
        "text": {"type": "plain_text", "text": verb.title(), "emoji": False},
    }
    if verb in _STYLES:
        button["style"] = _STYLES[verb]
    if verb in _ASKED:
        button["confirm"] = {
            "title": {"type": "plain_text", "text": f"{verb.title()}?", "emoji": False},
            "text": {"type": "plain_text", "text": _cut(f"{notice.headline}, {notice.environment}", CONFIRMATION)},
            "confirm": {"type": "plain_text", "text": verb.title(), "emoji": False},
            "deny": {"type": "plain_text", "text": "Not now", "emoji": False},
        }
    return button


def _cut(text: str, limit: int) -> str:
    """Plain text within a limit. Nothing in it is interpreted, and still no mention may stand in it word for word."""
    plain = text.replace("<", "\u2039").replace(">", "\u203a")
    return (plain if len(plain) <= limit else f"{plain[: limit - 1]}…") or "(no title)"


def _text(text: str) -> dict[str, Any]:
    # Verbatim: Slack would else make links of addresses that stand in hostile names.
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _text(text)}


def _field(name: str, value: str) -> dict[str, Any]:
    return _text(f"*{name}*\n{value}")


def _facts(notice: Notice) -> list[tuple[str, str]]:
    room = FIELD - 100
    facts = [
        ("Severity", f"{_OVER if notice.over else _MARKS[notice.severity]} {notice.severity}"),
        ("Environment", fit(notice.environment, room)),
        ("Resource", f"`{fit(notice.resource, room)}`"),
        ("Where", f"{fit(notice.account, room)} / {fit(notice.region, room)}"),
    ]
    return [*facts, ("Who", fit(notice.actor, room))] if notice.actor else facts


def _bullets(steps: tuple[str, ...]) -> str:
    room = (SECTION - 50) // len(steps) - 3
    return "\n".join(f"• {fit(step, room)}" for step in steps)


def _footer(notice: Notice) -> list[str]:
    parts = [f"`{fit(notice.next_step, 300)}`"] if notice.next_step else []
    if notice.link and notice.link.startswith(("https://", "http://")):
        words = f"Open {escape(notice.item_id)}".strip()
        parts.append(f"<{escape(notice.link).replace('|', '%7C')}|{words}>")
    about = f"item {escape(notice.item_id)} · " if notice.item_id else ""
    return [*parts, f"{about}{notice.at:%Y-%m-%d %H:%M:%S} UTC"]
