"""Events through the whole flow, with all adapters."""

import pytest
from builders import group_opened
from inprocess import LEDGER, Account
from opsplane import bootstrap, flow


def told(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the process the environment of a deployed function."""
    values = {
        "ENVIRONMENT": "dev",
        "ACCOUNT": "000000000000",
        "LEDGER_TABLE": LEDGER,
        "BUS_NAME": "opsplane-dev",
        "UNHANDLED_QUEUE_URL": aws.queue_url,
    }
    for name, value in values.items():
        monkeypatch.setenv(f"OPSPLANE_{name}", value)
    bootstrap.ports.cache_clear()


def test_the_same_event_ten_times_is_answered_once(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the remediator's handler does with a repetition, with all adapters."""
    told(aws, monkeypatch)
    made = aws.client("ec2").create_security_group(GroupName="web", Description="web")
    event = group_opened(made["GroupId"])

    answers = [flow.answer(event, bootstrap.ports()) for _ in range(10)]

    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0]["outcome"] == "ignore"


def test_two_events_without_an_id_are_both_kept(aws: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is not taken for a repetition of the first, which would lose it."""
    told(aws, monkeypatch)

    for event in ({"source": "one"}, {"source": "two"}):
        flow.answer(event, bootstrap.ports())

    assert len(aws.unhandled()) == 2
