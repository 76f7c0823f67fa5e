"""Cost Explorer: monitors and subscriptions of Cost Anomaly Detection."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import cost_explorer
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

MONITOR = {"MonitorName": "services", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}
FROM_TWENTY = {
    "Dimensions": {
        "Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
        "MatchOptions": ["GREATER_THAN_OR_EQUAL"],
        "Values": ["20"],
    }
}


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a client of the service."""
    return connect("ce")


def subscription(monitor: str) -> dict[str, Any]:
    """Return what a subscription to a monitor is made of."""
    return {
        "SubscriptionName": "topic",
        "Frequency": "IMMEDIATE",
        "MonitorArnList": [monitor],
        "Subscribers": [{"Type": "SNS", "Address": "arn:aws:sns:us-east-1:123456789012:alerts"}],
        "ThresholdExpression": FROM_TWENTY,
    }


def test_moto_still_has_no_anomaly_monitors(client: Any) -> None:
    """Fails when moto has grown them: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.get_anomaly_monitors()


def test_moto_still_has_no_anomaly_subscriptions(client: Any) -> None:
    """Fails when moto has grown them: delete the gap then."""
    with pytest.raises(NotImplementedError):
        client.get_anomaly_subscriptions()


def test_a_monitor_keeps_its_tags_and_can_be_renamed(client: Any, patch: Patch) -> None:
    """What Terraform does with a monitor."""
    cost_explorer.anomaly_monitors(patch)

    arn = client.create_anomaly_monitor(AnomalyMonitor=MONITOR, ResourceTags=[{"Key": "Owner", "Value": "ops"}])[
        "MonitorArn"
    ]
    client.update_anomaly_monitor(MonitorArn=arn, MonitorName="all services")

    (told,) = client.get_anomaly_monitors(MonitorArnList=[arn])["AnomalyMonitors"]
    assert (told["MonitorArn"], told["MonitorName"], told["MonitorDimension"]) == (arn, "all services", "SERVICE")
    assert client.list_tags_for_resource(ResourceArn=arn)["ResourceTags"] == [{"Key": "Owner", "Value": "ops"}]


def test_a_deleted_monitor_is_gone(client: Any, patch: Patch) -> None:
    """What Terraform asks after destroying one."""
    cost_explorer.anomaly_monitors(patch)
    arn = client.create_anomaly_monitor(AnomalyMonitor=MONITOR)["MonitorArn"]

    client.delete_anomaly_monitor(MonitorArn=arn)

    assert client.get_anomaly_monitors()["AnomalyMonitors"] == []
    with pytest.raises(client.exceptions.UnknownMonitorException):
        client.get_anomaly_monitors(MonitorArnList=[arn])


def test_a_subscription_can_be_read_changed_and_deleted(client: Any, patch: Patch) -> None:
    """What Terraform does with a subscription."""
    cost_explorer.anomaly_monitors(patch)
    cost_explorer.anomaly_subscriptions(patch)
    monitor = client.create_anomaly_monitor(AnomalyMonitor=MONITOR)["MonitorArn"]

    arn = client.create_anomaly_subscription(AnomalySubscription=subscription(monitor))["SubscriptionArn"]
    client.update_anomaly_subscription(SubscriptionArn=arn, Frequency="DAILY")

    (told,) = client.get_anomaly_subscriptions(SubscriptionArnList=[arn])["AnomalySubscriptions"]
    assert (told["Frequency"], told["MonitorArnList"], told["AccountId"]) == ("DAILY", [monitor], arn.split(":")[4])
    assert told["ThresholdExpression"] == FROM_TWENTY

    client.delete_anomaly_subscription(SubscriptionArn=arn)
    with pytest.raises(client.exceptions.UnknownSubscriptionException):
        client.get_anomaly_subscriptions(SubscriptionArnList=[arn])
