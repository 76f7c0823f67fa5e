"""AWS Health."""

from typing import Any

import pytest
from builders import envelope
from cloud import ACCOUNT
from opsplane import signals
from opsplane.errors import UnhandledEvent
from opsplane.signals.signal import Kind


def event(code: str = "AWS_RISK_CREDENTIALS_EXPOSED", **changes: Any) -> dict[str, Any]:
    """An event of AWS Health."""
    detail = {
        "eventArn": "arn:aws:health:us-east-1::event/RISK/x",
        "service": "RISK",
        "eventTypeCode": code,
        "statusCode": "open",
        "eventMetadata": {"username": "erin"},
        "affectedEntities": [{"entityValue": "AKIAI44QH8DHBEXAMPLE"}],
        **changes,
    }
    return envelope("aws.health", "AWS Health Event", detail)


def test_an_exposed_key_is_its_users() -> None:
    """One signal for each key."""
    entities = [{"entityValue": "AKIAI44QH8DHBEXAMPLE"}, {"entityValue": "AKIAIOSFODNN7EXAMPLE"}]

    found = signals.parse(event(affectedEntities=entities), ACCOUNT)

    assert [each.kind for each in found] == [Kind.ACCESS_KEY_THREAT] * 2
    assert [each.facts["access_key"] for each in found] == ["AKIAI44QH8DHBEXAMPLE", "AKIAIOSFODNN7EXAMPLE"]
    assert len({each.id for each in found} | {each.dedupe_key for each in found}) == 4


@pytest.mark.parametrize("change", [{"eventMetadata": {}}, {"affectedEntities": []}])
def test_without_user_or_key_it_is_kept(change: dict[str, Any]) -> None:
    """Nobody can disable what is not named."""
    [found] = signals.parse(event(**change), ACCOUNT)

    assert found.kind is Kind.FINDING


def test_what_is_over_is_left() -> None:
    """A closed event is the end of an open one."""
    [found] = signals.parse(event(statusCode="closed"), ACCOUNT)

    assert found.dismissal == "AWS Health says that it is over"


def test_a_broken_one_is_refused() -> None:
    """The field is named."""
    with pytest.raises(UnhandledEvent, match="eventTypeCode"):
        signals.parse(event(eventTypeCode=None), ACCOUNT)
