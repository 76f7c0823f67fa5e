"""A notice as Slack Block Kit: within Slack's limits, and nothing of a hostile name comes alive."""

import json
import re
from typing import Any

import pytest
from builders import NOW
from hypothesis import given
from hypothesis import strategies as st
from opsplane.notices.notice import Notice
from opsplane.notices.slack import FIELD, HEADER, SECTION, escape, fit, render
from opsplane.signals.signal import Severity

HOSTILE = st.text(
    st.sampled_from("&<>`|!@#*_~;amplgt \n\u202e😀é") | st.characters(exclude_categories=("Cs",)), max_size=1200
)
TOKEN = re.compile(r"<(?!https?://[^<>|]*\|[^<>]*>)|&(?!amp;|lt;|gt;)")
"""An angle bracket that is not our own link, or an ampersand that is not an entity."""


def notice(**changes: Any) -> Notice:
    """A notice with every part."""
    values = {
        "id": "item-000001",
        "item_id": "7f3k2m9qxd",
        "headline": "Fixed: Security group sg-1 is open to the internet",
        "severity": Severity.HIGH,
        "environment": "dev",
        "account": "000000000000",
        "region": "us-east-1",
        "resource": "AWS::EC2::SecurityGroup sg-1",
        "at": NOW,
        "actor": "alice (IAMUser) from 203.0.113.7",
        "reason": "policy p enforces in dev",
        "steps": ("Revoke ingress tcp 22-22 0.0.0.0/0 from sg-1",),
        "next_step": "opsplane undo 7f3k2m9qxd.1",
        "link": "https://ops.example.com/items/7f3k2m9qxd",
    }
    return Notice.model_validate({**values, **changes})


def texts(value: Any) -> list[dict[str, Any]]:
    """Every text object of a message."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value] if isinstance(value, dict) and value.get("type") in {"mrkdwn", "plain_text"} else []
    return [*own, *(found for each in inner for found in texts(each))]


def check(body: dict[str, Any]) -> None:
    """Slack would take the message, and shows what we wrote."""
    header, facts, *rest = body["blocks"]
    assert 0 < len(header["text"]["text"]) <= HEADER
    assert 0 < len(facts["fields"]) <= 10
    assert all(0 < len(field["text"]) <= FIELD for field in facts["fields"])
    assert len(rest) <= 48
    for text in texts(body["blocks"]):
        assert 0 < len(text["text"]) <= SECTION
        if text["type"] == "mrkdwn":
            assert not TOKEN.search(text["text"])
            assert text["verbatim"] is True
    assert len(body["text"]) <= SECTION
    assert not TOKEN.search(body["text"])
    json.dumps(body)


def test_a_notice_becomes_a_message_that_people_can_read() -> None:
    """Headline, facts, why, what, and what to do next."""
    body = render(notice())

    assert [block["type"] for block in body["blocks"]] == ["header", "section", "section", "section", "context"]
    assert body["blocks"][0]["text"]["text"] == "Fixed: Security group sg-1 is open to the internet"
    assert body["blocks"][2]["text"]["text"] == "*Why*\npolicy p enforces in dev"
    assert body["blocks"][4]["elements"][0]["text"] == "`opsplane undo 7f3k2m9qxd.1`"
    assert body["blocks"][4]["elements"][1]["text"] == "<https://ops.example.com/items/7f3k2m9qxd|Open 7f3k2m9qxd>"
    assert body["text"] == "Fixed: Security group sg-1 is open to the internet (dev)"
    check(body)


@given(HOSTILE, st.lists(HOSTILE, max_size=21), st.sampled_from(Severity))
def test_no_text_breaks_a_limit_or_comes_alive(text: str, steps: list[str], severity: Severity) -> None:
    """Whatever stands in names, tags, titles and reasons."""
    named = dict.fromkeys(("headline", "environment", "resource", "actor", "reason", "next_step"), f"x{text}")

    check(render(notice(**named, steps=tuple(steps), severity=severity)))


@pytest.mark.parametrize(
    "text", ["<!channel>", "<!here|x>", "<@U123>", "<https://evil.example|Open>", "<!date^1^{date}|x>"]
)
def test_tokens_of_an_attacker_are_shown_as_text(text: str) -> None:
    """A Name tag cannot call everybody or make a link."""
    body = render(notice(resource=text, reason=text, actor=text, steps=(text,)))

    check(body)
    assert text.replace("<", "&lt;").replace(">", "&gt;") in body["blocks"][2]["text"]["text"]


def test_code_cannot_be_left_by_a_backtick() -> None:
    """The resource stands in code; a backtick in its name would end it."""
    field = render(notice(resource="a`b"))["blocks"][1]["fields"][2]["text"]

    assert field == "*Resource*\n`a'b`"


@given(HOSTILE, st.integers(1, 200))
def test_fitted_text_is_escaped_within_the_limit_and_no_entity_is_cut(text: str, limit: int) -> None:
    """What was cut ends with an ellipsis, and what remains is the beginning of the escaped text."""
    fitted = fit(text, limit)

    assert len(fitted) <= limit
    assert not re.search(r"[<>`]|&(?!amp;|lt;|gt;)", fitted)
    assert fitted == escape(text) or (fitted.endswith("…") and escape(text).startswith(fitted[:-1]))


@pytest.mark.parametrize(
    ("limit", "fitted"), [(1, "…"), (2, "a…"), (5, "a…"), (6, "a&lt;…"), (7, "a&lt;b…"), (8, "a&lt;bcd")]
)
def test_an_entity_is_kept_whole_or_left_out(limit: int, fitted: str) -> None:
    """Half an entity would be shown as such."""
    assert fit("a<bcd", limit) == fitted


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//evil", ""])
def test_only_web_addresses_become_links(link: str) -> None:
    """Anything else is left out."""
    assert "Open" not in json.dumps(render(notice(link=link))["blocks"][-1])


def test_a_pipe_in_a_link_cannot_change_its_label() -> None:
    """The label is ours."""
    [_, link, __] = render(notice(link="https://ops.example.com/a|b>c"))["blocks"][-1]["elements"]

    assert link["text"] == "<https://ops.example.com/a%7Cb&gt;c|Open 7f3k2m9qxd>"


def test_a_notice_without_the_optional_parts_is_a_message_too() -> None:
    """An alarm has no actor, no steps and no item."""
    body = render(notice(actor=None, reason=None, steps=(), next_step=None, link=None, item_id=""))

    check(body)
    assert [block["type"] for block in body["blocks"]] == ["header", "section", "context"]


def test_an_empty_headline_is_still_a_message() -> None:
    """Slack refuses a header without text."""
    check(render(notice(headline="\u202e")))


def test_buttons_lead_to_the_commands_that_fit() -> None:
    """By opaque ids; what changes something is asked about first."""
    asked = notice(answers=("approve", "reject"), about="7f3k2m9qxd.1")

    [actions] = [block for block in render(asked, buttons=True)["blocks"] if block["type"] == "actions"]

    assert [(each["action_id"], each["value"]) for each in actions["elements"]] == [
        ("opsplane.approve", "7f3k2m9qxd.1"),
        ("opsplane.reject", "7f3k2m9qxd.1"),
    ]
    assert ["confirm" in each for each in actions["elements"]] == [True, False]


def test_where_nobody_hears_a_press_there_is_no_button() -> None:
    """A webhook without a signing secret."""
    asked = notice(answers=("approve", "reject"), about="7f3k2m9qxd.1")

    assert "actions" not in {block["type"] for block in render(asked)["blocks"]}
    assert "actions" not in {block["type"] for block in render(notice(), buttons=True)["blocks"]}
