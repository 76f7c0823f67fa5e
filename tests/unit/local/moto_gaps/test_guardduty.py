"""GuardDuty: features of a detector."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import guardduty
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a GuardDuty client."""
    return connect("guardduty")


def changed_one_by_one(client: Any) -> dict[str, str]:
    """Return the features of a detector after three updates of one feature each, as Terraform makes them."""
    detector = client.create_detector(Enable=True, FindingPublishingFrequency="FIFTEEN_MINUTES")["DetectorId"]
    for name, status in (
        ("S3_DATA_EVENTS", "ENABLED"),
        ("RDS_LOGIN_EVENTS", "ENABLED"),
        ("S3_DATA_EVENTS", "DISABLED"),
    ):
        client.update_detector(DetectorId=detector, Features=[{"Name": name, "Status": status}])
    shown = client.get_detector(DetectorId=detector)
    assert (shown["Status"], shown["FindingPublishingFrequency"]) == ("ENABLED", "FIFTEEN_MINUTES")
    return {feature["Name"]: feature["Status"] for feature in shown["Features"]}


def test_moto_still_drops_the_other_features(client: Any) -> None:
    """Fails when moto keeps what an update does not name: delete the gap then."""
    assert "RDS_LOGIN_EVENTS" not in changed_one_by_one(client)


def test_features_are_changed_one_by_one(client: Any, patch: Patch) -> None:
    """An update changes what it names, and leaves the rest of the detector alone."""
    guardduty.features_one_by_one(patch)

    assert changed_one_by_one(client) == {"S3_DATA_EVENTS": "DISABLED", "RDS_LOGIN_EVENTS": "ENABLED"}
