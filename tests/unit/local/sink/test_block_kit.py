"""Slack's limits, each at its edge."""

import pytest
from opsplane_local.sink.block_kit import Fault, check_blocks, check_message


def section(text: str, **more: object) -> dict[str, object]:
    """A section with a mrkdwn text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def header(text: str, kind: str = "plain_text") -> dict[str, object]:
    """A header block."""
    return {"type": "header", "text": {"type": kind, "text": text}}


def error_of(fault: Fault | None) -> str | None:
    """Slack's word for a fault."""
    return fault.error if fault else None


@pytest.mark.parametrize(
    "blocks",
    [
        [section("x" * 3000)],
        [header("x" * 150)],
        [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 1200}] * 10}],
        [{"type": "divider"}] * 50,
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 10}],
        [section("a", block_id="one"), section("b", block_id="two")],
        [{"type": "rich_text", "elements": []}],
    ],
    ids=["section", "header", "fields", "50 blocks", "context", "block ids", "unchecked type"],
)
def test_blocks_at_the_limit_are_taken(blocks: list[dict[str, object]]) -> None:
    """What Slack allows is allowed."""
    assert check_blocks(blocks) is None


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([section("x" * 3001)], "invalid_blocks"),
        ([section("")], "invalid_blocks"),
        ([header("x" * 151)], "invalid_blocks"),
        ([header("x", kind="mrkdwn")], "invalid_blocks"),
        ([{"type": "section"}], "invalid_blocks"),
        ([{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}], "invalid_blocks"),
        ([{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2001}]}], "invalid_blocks"),
        ([{"type": "divider"}] * 51, "invalid_blocks"),
        ([section("a", block_id="same"), section("b", block_id="same")], "invalid_blocks"),
        ([section("a", block_id="x" * 256)], "invalid_blocks"),
        ([{"type": "context", "elements": []}], "invalid_blocks"),
        ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "x"}] * 11}], "invalid_blocks"),
        ([{"type": "actions", "elements": [{"type": "button"}]}], "invalid_blocks"),
        ([{"type": "image", "image_url": "https://example.com/a.png"}], "invalid_blocks"),
        ([{"type": "marquee"}], "invalid_blocks"),
        (["text"], "invalid_blocks"),
        ("text", "invalid_blocks_format"),
        ([section("x" * 2900)] * 5, "msg_blocks_too_long"),
    ],
)
def test_what_slack_refuses_is_refused(blocks: object, error: str) -> None:
    """Each rule has Slack's word for it."""
    assert error_of(check_blocks(blocks)) == error


def test_buttons_have_limits_of_their_own() -> None:
    """Text, value, url and the uniqueness of action ids are looked at."""

    def actions(**button: object) -> list[dict[str, object]]:
        given = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, **button}
        return [{"type": "actions", "elements": [given]}]

    assert check_blocks(actions(value="v" * 2000, url="https://example.com", action_id="go")) is None
    assert error_of(check_blocks(actions(value="v" * 2001))) == "invalid_blocks"
    assert error_of(check_blocks(actions(url="h" * 3001))) == "invalid_blocks"
    twice = [{"type": "actions", "elements": actions(action_id="same")[0]["elements"] * 2}]
    assert error_of(check_blocks(twice)) == "invalid_blocks"


def test_a_message_needs_something_to_say() -> None:
    """Neither text nor blocks nor attachments is `no_text`; one of them is enough."""
    assert error_of(check_message({"username": "x"})) == "no_text"
    assert check_message({"text": "hello"}) is None
    assert check_message({"attachments": [{"text": "hello"}]}) is None


def test_blocks_in_attachments_are_checked() -> None:
    """An attachment is no way round the rules, and the reason says where the fault is."""
    fault = check_message({"attachments": [{"blocks": [header("x" * 151)]}]})

    assert fault is not None
    assert "[json-pointer:/attachments/0/blocks/0]" in fault.reason


def test_attachments_of_another_shape_are_refused() -> None:
    """A list of texts is no list of attachments."""
    assert error_of(check_message({"attachments": ["x"]})) == "invalid_attachments"
