"""What arrives in the notifier's queue, as notices."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import NOW, envelope, settings
from cloud import ACCOUNT, REGION
from hypothesis import given
from hypothesis import strategies as st
from opsplane.notices.inbox import Letter, read
from opsplane.notices.notice import MAX_STEPS, Notice
from opsplane.signals.signal import Severity

SAMPLE = Path(__file__).parents[4] / "events/cloudwatch/alarm-via-sns.json"


def letter(body: object) -> Letter:
    """Read one record."""
    return read("record-1", body if isinstance(body, str) else json.dumps(body), settings(), NOW)


def published(message: object, topic: str = "dev-warning-alerts", **changes: Any) -> dict[str, Any]:
    """An SNS message as it lies in a queue."""
    return {
        "Type": "Notification",
        "MessageId": "sns-1",
        "TopicArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:{topic}",
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-11-22T10:00:00.000Z",
        **changes,
    }


def own_notice() -> Notice:
    """A notice of our own."""
    return Notice(
        id="abc-000002",
        item_id="abc",
        headline="Fixed: something",
        severity=Severity.HIGH,
        environment="dev",
        account=ACCOUNT,
        region=REGION,
        resource="AWS::S3::Bucket b",
        at=NOW,
    )


def own_event(**changes: Any) -> dict[str, Any]:
    """The own event that asks to send a notice."""
    return {**envelope("opsplane", "Notice Requested", own_notice().model_dump(mode="json")), **changes}


def test_an_own_notice_comes_through_unchanged() -> None:
    """It was composed where the item is known."""
    assert letter(own_event()) == Letter("record-1", own_notice(), own_event())


def test_the_sample_alarm_becomes_a_critical_notice_for_dev() -> None:
    """Severity and environment come from the name of the topic."""
    body = json.loads(SAMPLE.read_text())["Records"][0]["body"]

    found = letter(body)

    assert found.fault is None
    assert (found.notice.severity, found.notice.environment) == (Severity.CRITICAL, "dev")
    assert found.notice.id == json.loads(body)["MessageId"]


@pytest.mark.parametrize(
    ("topic", "severity", "environment"),
    [
        ("prod-critical-alerts", Severity.CRITICAL, "prod"),
        ("staging-info-alerts", Severity.INFO, "staging"),
        ("somebody-elses-topic", Severity.MEDIUM, "dev"),
    ],
)
def test_the_topic_says_how_bad_it_is_and_where(topic: str, severity: Severity, environment: str) -> None:
    """A topic with another name is taken for a warning of this deployment."""
    found = letter(published("hello", topic)).notice

    assert (found.severity, found.environment) == (severity, environment)


def test_plain_text_becomes_a_card_line_by_line() -> None:
    """Budgets write plain text."""
    found = letter(published("AWS Budget Notification\n\nBudget Name: dev\n", Subject="AWS Budgets: dev"))

    assert found.fault is None
    assert found.notice.headline == "AWS Budgets: dev"
    assert found.notice.steps == ("AWS Budget Notification", "Budget Name: dev")


@pytest.mark.parametrize("subject", [None, "", " \n\u202e"])
def test_a_message_without_a_subject_still_has_a_headline(subject: str | None) -> None:
    """Slack refuses a card with an empty one."""
    assert letter(published("hello", Subject=subject)).notice.headline == "Message on dev-warning-alerts"


def test_an_unknown_document_becomes_a_card_field_by_field_without_secrets() -> None:
    """Values of fields that are named after secrets are not shown, nor are secrets inside of others."""
    document = {"service": "billing", "db_password": "hunter2", "nested": {"token": "abc"}, "note": "pwd=xyz"}

    found = letter(published(document)).notice

    assert found.steps == ("service: billing", "db_password: •••", 'nested: {"token": •••}', "note: pwd=•••")
    assert found.headline == "Message on dev-warning-alerts"


def test_a_long_message_is_cut_and_says_so() -> None:
    """A card has room for some lines only."""
    found = letter(published("\n".join(f"line {number}" for number in range(100)))).notice

    assert len(found.steps) == MAX_STEPS + 1
    assert found.steps[-1] == "and 80 more lines"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{nope", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ([], "neither"),
        ({"hello": 1}, "neither"),
        (own_event(source="aws.ec2"), "nobody tells"),
        (own_event(account="111111111111"), "111111111111"),
        (own_event(detail={"id": "x"}), "headline"),
        (own_event(detail=[]), "detail"),
        (published("x", Type="SubscriptionConfirmation"), "Type"),
        (published("x", TopicArn="nonsense"), "TopicArn"),
        (published({"AlarmName": "broken"}), "AWSAccountId"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_reason(body: object, reason: str) -> None:
    """It becomes a card of its own; whoever reads it finds the record in the unhandled queue."""
    found = letter(body)

    assert found.fault is not None
    assert reason in found.fault
    assert found.notice.id == "misunderstood-record-1"
    assert found.notice.reason == found.fault


def test_a_record_that_is_not_understood_keeps_its_secrets_to_itself() -> None:
    """The card shows the record masked."""
    assert "hunter2" not in str(letter('{"password": "hunter2"}').notice.steps)


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=20),
    lambda some: st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=20), some, max_size=3),
    max_leaves=6,
)


@given(JSON)
def test_whatever_json_arrives_something_is_told(body: object) -> None:
    """No record can crash the notifier."""
    assert letter(json.dumps(body)).notice.headline
    assert letter(published(body)).notice.headline
