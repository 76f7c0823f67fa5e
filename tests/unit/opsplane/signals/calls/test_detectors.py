"""GuardDuty's calls."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "DeleteDetector",
            {"detectorId": "12abc34d567e8fa901bc2d34e56789f0"},
            None,
            "12abc34d567e8fa901bc2d34e56789f0",
            False,
        ),
        (
            "UpdateDetector",
            {"detectorId": "12abc34d567e8fa901bc2d34e56789f0", "enable": False},
            None,
            "12abc34d567e8fa901bc2d34e56789f0",
            False,
        ),
        (
            "UpdateDetector",
            {"detectorId": "12abc34d567e8fa901bc2d34e56789f0", "findingPublishingFrequency": "SIX_HOURS"},
            None,
            "12abc34d567e8fa901bc2d34e56789f0",
            True,
        ),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("guardduty", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("DeleteDetector", {"detectorId": "x"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("guardduty", call, request_)


def test_a_feature_that_is_switched_off_is_heard() -> None:
    """The detector itself stays on: without its features it sees much less."""
    features = [{"name": "S3_DATA_EVENTS", "status": "DISABLED"}, {"name": "RDS_LOGIN_EVENTS", "status": "ENABLED"}]
    request = {"detectorId": "12abc34d567e8fa901bc2d34e56789f0", "features": [*features, None]}

    [heard] = hear("guardduty", "UpdateDetector", request)

    assert heard.facts == {"disabled": ["S3_DATA_EVENTS"]}
    assert heard.looks_fine is None
