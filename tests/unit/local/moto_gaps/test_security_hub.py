"""Security Hub: its settings and standards."""

from typing import Any

import pytest
from botocore.exceptions import ClientError
from opsplane_local.moto_gaps import security_hub
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

FSBP = "arn:aws:securityhub:us-east-1::standards/aws-foundational-security-best-practices/v/1.0.0"


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a client of an account with a hub."""
    client: Any = connect("securityhub")
    client.enable_security_hub(EnableDefaultStandards=False)
    return client


def test_moto_still_cannot_change_settings(client: Any) -> None:
    """Fails when moto has grown UpdateSecurityHubConfiguration: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.update_security_hub_configuration(AutoEnableControls=False)


def test_settings_are_shown_as_they_were_set(client: Any, patch: Patch) -> None:
    """What was set is read; the rest keeps its default."""
    security_hub.configuration(patch)

    client.update_security_hub_configuration(AutoEnableControls=False)

    hub = client.describe_hub()
    assert (hub["AutoEnableControls"], hub["ControlFindingGenerator"]) == (False, "SECURITY_CONTROL")


def test_moto_still_knows_no_standards(client: Any) -> None:
    """Fails when moto has grown standards: delete the gap then."""
    with pytest.raises(ClientError):
        client.get_enabled_standards()


def test_a_standard_can_be_enabled_listed_and_disabled(client: Any, patch: Patch) -> None:
    """The life of a subscription."""
    security_hub.standards(patch)

    made = client.batch_enable_standards(StandardsSubscriptionRequests=[{"StandardsArn": FSBP}])
    arn = made["StandardsSubscriptions"][0]["StandardsSubscriptionArn"]
    listed = client.get_enabled_standards(StandardsSubscriptionArns=[arn])["StandardsSubscriptions"]
    client.batch_disable_standards(StandardsSubscriptionArns=[arn])

    assert arn.endswith(":subscription/aws-foundational-security-best-practices/v/1.0.0")
    assert [(s["StandardsArn"], s["StandardsStatus"]) for s in listed] == [(FSBP, "READY")]
    assert client.get_enabled_standards()["StandardsSubscriptions"] == []


def test_an_account_without_a_hub_has_no_standards(connect: Any, patch: Patch) -> None:
    """The error is the one that AWS gives."""
    security_hub.standards(patch)
    client = connect("securityhub")

    with pytest.raises(ClientError, match="not subscribed"):
        client.get_enabled_standards()
