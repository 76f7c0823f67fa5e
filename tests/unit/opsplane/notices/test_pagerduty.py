"""A notice as a PagerDuty event."""

from typing import Any

import pytest
from builders import NOW
from opsplane.notices.notice import Notice
from opsplane.notices.pagerduty import render
from opsplane.signals.signal import Severity


def notice(**changes: Any) -> Notice:
    """A notice about an item."""
    values = {
        "id": "item-000001",
        "item_id": "7f3k2m9qxd",
        "headline": "Attention: EC2 instance is mining",
        "severity": Severity.CRITICAL,
        "environment": "dev",
        "account": "000000000000",
        "region": "us-east-1",
        "resource": "AWS::EC2::Instance i-1",
        "at": NOW,
    }
    return Notice.model_validate({**values, **changes})


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "critical"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "info"),
        (Severity.INFO, "info"),
    ],
)
def test_severities_become_pagerdutys(severity: Severity, level: str) -> None:
    """PagerDuty knows four."""
    assert render(notice(severity=severity), "key")["payload"]["severity"] == level


def test_all_notices_of_one_item_are_one_incident() -> None:
    """A fix resolves what its finding triggered."""
    began, ended = render(notice(), "key"), render(notice(id="item-000005", over=True), "key")

    assert (began["event_action"], ended["event_action"]) == ("trigger", "resolve")
    assert began["dedup_key"] == ended["dedup_key"] == "opsplane:000000000000:7f3k2m9qxd"


def test_notices_without_an_item_are_told_apart_by_their_resource() -> None:
    """Two alarms are two incidents, and the key is short enough."""
    keys = {render(notice(item_id="", resource="x" * 250 + str(number)), "key")["dedup_key"] for number in range(2)}

    assert len(keys) == 2
    assert all(len(key) <= 255 for key in keys)


def test_a_summary_is_within_the_limit() -> None:
    """PagerDuty takes 1,024 characters and refuses more."""
    assert len(render(notice(headline="x" * 5000), "key")["payload"]["summary"]) <= 1024


def test_the_routing_key_is_where_pagerduty_looks_and_nowhere_else() -> None:
    """It is a secret: no other field repeats it."""
    body = render(notice(link="https://ops.example.com/items/1"), "routing-secret")

    assert body["routing_key"] == "routing-secret"
    assert str(body).count("routing-secret") == 1
    assert body["links"] == [{"href": "https://ops.example.com/items/1", "text": "Open 7f3k2m9qxd"}]
