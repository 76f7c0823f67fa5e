"""Budgets: subscribers, changes and tags."""

from typing import Any

import pytest
from opsplane_local.moto_gaps import budgets
from opsplane_local.moto_gaps.patch import Patch

pytestmark = pytest.mark.integration

ACCOUNT = "123456789012"
ARN = f"arn:aws:budgets::{ACCOUNT}:budget/dev"
BUDGET = {
    "BudgetName": "dev",
    "BudgetType": "COST",
    "TimeUnit": "MONTHLY",
    "BudgetLimit": {"Amount": "120", "Unit": "USD"},
}
AT_EIGHTY = {
    "NotificationType": "ACTUAL",
    "ComparisonOperator": "GREATER_THAN",
    "Threshold": 80,
    "ThresholdType": "PERCENTAGE",
}
TOPIC = {"SubscriptionType": "SNS", "Address": f"arn:aws:sns:us-east-1:{ACCOUNT}:alerts"}


@pytest.fixture
def client(connect: Any) -> Any:
    """Return a client of the service."""
    return connect("budgets")


def create(client: Any, **more: Any) -> None:
    """Make a budget with one notification."""
    notification = {"Notification": AT_EIGHTY, "Subscribers": [TOPIC]}
    client.create_budget(AccountId=ACCOUNT, Budget=BUDGET, NotificationsWithSubscribers=[notification], **more)


def test_moto_still_lists_no_subscribers(client: Any) -> None:
    """Fails when moto has grown DescribeSubscribersForNotification: delete the gap then."""
    create(client)

    with pytest.raises(NotImplementedError):
        client.describe_subscribers_for_notification(AccountId=ACCOUNT, BudgetName="dev", Notification=AT_EIGHTY)


def test_moto_still_changes_no_budget(client: Any) -> None:
    """Fails when moto has grown UpdateBudget: delete the gap then."""
    create(client)

    with pytest.raises(NotImplementedError):
        client.update_budget(AccountId=ACCOUNT, NewBudget=BUDGET)


def test_moto_still_lists_no_tags(client: Any) -> None:
    """Fails when moto has grown ListTagsForResource: delete the gap then."""
    create(client)

    with pytest.raises(NotImplementedError):
        client.list_tags_for_resource(ResourceARN=ARN)


def test_subscribers_of_a_notification_can_be_read(client: Any, patch: Patch) -> None:
    """What Terraform reads after creating a budget."""
    budgets.subscribers(patch)
    create(client)

    told = client.describe_subscribers_for_notification(AccountId=ACCOUNT, BudgetName="dev", Notification=AT_EIGHTY)

    assert told["Subscribers"] == [TOPIC]


def test_a_notification_that_nobody_made_has_no_subscribers(client: Any, patch: Patch) -> None:
    """The threshold is part of what a notification is."""
    budgets.subscribers(patch)
    create(client)

    with pytest.raises(client.exceptions.NotFoundException):
        client.describe_subscribers_for_notification(
            AccountId=ACCOUNT, BudgetName="dev", Notification={**AT_EIGHTY, "Threshold": 90}
        )


def test_a_limit_can_be_changed(client: Any, patch: Patch) -> None:
    """What Terraform does when a budget grows."""
    budgets.update(patch)
    create(client)

    client.update_budget(AccountId=ACCOUNT, NewBudget={**BUDGET, "BudgetLimit": {"Amount": "150", "Unit": "USD"}})

    assert client.describe_budget(AccountId=ACCOUNT, BudgetName="dev")["Budget"]["BudgetLimit"]["Amount"] == "150"


def test_tags_given_at_creation_can_be_read_and_changed(client: Any, patch: Patch) -> None:
    """What Terraform does with the tags of a budget."""
    budgets.tags(patch)
    create(client, ResourceTags=[{"Key": "Owner", "Value": "ops"}, {"Key": "Old", "Value": "x"}])

    client.tag_resource(ResourceARN=ARN, ResourceTags=[{"Key": "New", "Value": "y"}])
    client.untag_resource(ResourceARN=ARN, ResourceTagKeys=["Old"])

    told = client.list_tags_for_resource(ResourceARN=ARN)["ResourceTags"]
    assert told == [{"Key": "Owner", "Value": "ops"}, {"Key": "New", "Value": "y"}]


def test_tags_of_an_unknown_budget_are_refused(client: Any, patch: Patch) -> None:
    """A budget that was never made has no tags."""
    budgets.tags(patch)

    with pytest.raises(client.exceptions.NotFoundException):
        client.list_tags_for_resource(ResourceARN=ARN)
