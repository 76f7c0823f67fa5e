"""Slack's rules for a message: what it refuses, and with which word.

Limits: https://docs.slack.dev/reference/block-kit/blocks. The limit on all blocks together is not documented; posts
have been refused from 13,172 characters on (slackapi/bolt-js#2509).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

BLOCKS = 50
ALL_CHARACTERS = 13_000
HEADER, SECTION, FIELDS, FIELD, ALT = 150, 3000, 10, 2000, 2000
CONTEXT_ELEMENTS, ACTION_ELEMENTS = 10, 25
BUTTON_TEXT, BUTTON_VALUE, URL, IDENTIFIER = 75, 2000, 3000, 255
KNOWN_TYPES = frozenset(
    {
        "actions",
        "context",
        "divider",
        "file",
        "header",
        "image",
        "input",
        "markdown",
        "rich_text",
        "section",
        "table",
        "video",
    }
)


@dataclass(frozen=True)
class Fault:
    """A rule that a message breaks.

    Args:
        error: Slack's word for it.
        reason: Which block, which limit.
    """

    error: str
    reason: str


def check_message(payload: dict[str, Any]) -> Fault | None:
    """The first rule that a message breaks, or None."""
    blocks, attachments = payload.get("blocks"), payload.get("attachments")
    if not (blocks or attachments or _is_text(payload.get("text"))):
        return Fault("no_text", "neither text nor blocks nor attachments")
    if attachments is not None and not (
        isinstance(attachments, list) and all(isinstance(a, dict) for a in attachments)
    ):
        return Fault("invalid_attachments", "attachments must be a list of objects")
    groups = [("/blocks", blocks)] if blocks else []
    groups += [(f"/attachments/{i}/blocks", a["blocks"]) for i, a in enumerate(attachments or []) if a.get("blocks")]
    for pointer, group in groups:
        if fault := check_blocks(group, pointer):
            return fault
    return None


def check_blocks(blocks: object, pointer: str = "/blocks") -> Fault | None:
    """The first rule that a list of blocks breaks, or None. `pointer` says where the list stands."""
    if not isinstance(blocks, list):
        return Fault("invalid_blocks_format", f"{pointer} must be a list")
    if len(blocks) > BLOCKS:
        return Fault(
            "invalid_blocks", f"no more than {BLOCKS} items allowed, got {len(blocks)} [json-pointer:{pointer}]"
        )
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        place = f"{pointer}/{index}"
        for reason in _faults_of(block, seen):
            return Fault("invalid_blocks", f"{reason} [json-pointer:{place}]")
    size = len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
    if size > ALL_CHARACTERS:
        return Fault("msg_blocks_too_long", f"all blocks together have {size} characters, {ALL_CHARACTERS} are safe")
    return None


def _faults_of(block: object, seen: set[str]) -> Iterator[str]:
    if not isinstance(block, dict) or block.get("type") not in KNOWN_TYPES:
        kind = block.get("type") if isinstance(block, dict) else type(block).__name__
        yield f"unsupported type: {str(kind)[:40]}"
        return
    name = block.get("block_id")
    if name is not None:
        if not isinstance(name, str) or not 0 < len(name) <= IDENTIFIER:
            yield f"block_id must be a text of 1 to {IDENTIFIER} characters"
        elif name in seen:
            yield f"block_id {name[:40]} is not unique"
        else:
            seen.add(name)
    yield from _BY_TYPE.get(block["type"], _nothing)(block)


def _nothing(_block: dict[str, Any]) -> Iterator[str]:
    yield from ()


def _header(block: dict[str, Any]) -> Iterator[str]:
    yield from _text(block.get("text"), HEADER, "text", ("plain_text",))


def _section(block: dict[str, Any]) -> Iterator[str]:
    fields = block.get("fields")
    if "text" not in block and not fields:
        yield "a section needs text or fields"
    if "text" in block:
        yield from _text(block["text"], SECTION, "text")
    if fields is not None:
        yield from _count(fields, FIELDS, "fields")
        for field in fields if isinstance(fields, list) else ():
            yield from _text(field, FIELD, "a field")
    if "accessory" in block:
        yield from _element(block["accessory"])


def _context(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements")
    yield from _count(elements, CONTEXT_ELEMENTS, "elements")
    for element in elements if isinstance(elements, list) else ():
        if isinstance(element, dict) and element.get("type") == "image":
            yield from _image(element)
        else:
            yield from _text(element, SECTION, "an element")


def _actions(block: dict[str, Any]) -> Iterator[str]:
    elements = block.get("elements")
    yield from _count(elements, ACTION_ELEMENTS, "elements")
    names = [e.get("action_id") for e in elements or () if isinstance(e, dict) and e.get("action_id")]
    if len(names) != len(set(names)):
        yield "action_id is not unique within the block"
    for element in elements if isinstance(elements, list) else ():
        yield from _element(element)


def _image(block: dict[str, Any]) -> Iterator[str]:
    if not (_is_text(block.get("image_url")) or block.get("slack_file")):
        yield "an image needs image_url or slack_file"
    if not _is_text(block.get("alt_text")) or len(str(block["alt_text"])) > ALT:
        yield f"an image needs alt_text of 1 to {ALT} characters"


def _markdown(block: dict[str, Any]) -> Iterator[str]:
    if not _is_text(block.get("text")):
        yield "a markdown block needs text"


def _element(element: object) -> Iterator[str]:
    if not isinstance(element, dict) or not _is_text(element.get("type")):
        yield "an element needs a type"
        return
    if element["type"] == "image":
        yield from _image(element)
    if element["type"] == "button":
        yield from _text(element.get("text"), BUTTON_TEXT, "a button's text", ("plain_text",))
        yield from _at_most(element.get("value"), BUTTON_VALUE, "a button's value")
        yield from _at_most(element.get("url"), URL, "a button's url")
    yield from _at_most(element.get("action_id"), IDENTIFIER, "action_id")


def _text(text: object, limit: int, what: str, kinds: tuple[str, ...] = ("plain_text", "mrkdwn")) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"{what} must be a {' or '.join(kinds)} object"
    elif not _is_text(text.get("text")):
        yield f"{what} must be more than 0 characters"
    elif len(text["text"]) > limit:
        yield f"{what} must be less than {limit + 1} characters, got {len(text['text'])}"


def _at_most(value: object, limit: int, what: str) -> Iterator[str]:
    if value is not None and not (isinstance(value, str) and len(value) <= limit):
        yield f"{what} must be a text of at most {limit} characters"


def _count(items: object, limit: int, what: str) -> Iterator[str]:
    if not isinstance(items, list) or not 0 < len(items) <= limit:
        yield f"{what} must be a list of 1 to {limit}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


_BY_TYPE = {
    "actions": _actions,
    "context": _context,
    "header": _header,
    "image": _image,
    "markdown": _markdown,
    "section": _section,
}
