"""Budgets as of moto 5.2.5."""

import json
from typing import Any

from moto.budgets.exceptions import NotFoundException
from moto.budgets.models import Budget, BudgetsBackend
from moto.budgets.responses import BudgetsResponse

from opsplane_local.moto_gaps.patch import Patch

IDENTITY = ("NotificationType", "ComparisonOperator", "Threshold", "ThresholdType")
"""What tells one notification of a budget from another."""


def subscribers(patch: Patch) -> None:
    """Show who hears of a notification: moto keeps the subscribers, but has no call that lists them."""

    def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
        budget = _find(self.backend, self._get_param("AccountId"), self._get_param("BudgetName"))
        wanted = self._get_param("Notification")
        for notification in budget.notifications:
            if all(notification.details.get(key) == wanted.get(key) for key in IDENTITY):
                return json.dumps({"Subscribers": notification.subscribers, "NextToken": None})
        message = "Unable to get subscribers - the notification doesn't exist."
        raise NotFoundException(message)

    patch.attribute(BudgetsResponse, "describe_subscribers_for_notification", describe_subscribers_for_notification)


def update(patch: Patch) -> None:
    """Change a budget: moto has no UpdateBudget."""

    def update_budget(self: BudgetsResponse) -> str:
        wanted = self._get_param("NewBudget")
        budget = _find(self.backend, self._get_param("AccountId"), wanted["BudgetName"])
        budget.budget = {**budget.budget, **wanted}
        return json.dumps({})

    patch.attribute(BudgetsResponse, "update_budget", update_budget)


def tags(patch: Patch) -> None:
    """Keep the tags of budgets: moto drops them and has no call that lists or changes them."""
    create_without_tags = BudgetsResponse.create_budget

    def create_budget(self: BudgetsResponse) -> str:
        answer = create_without_tags(self)
        budget = _find(self.backend, self._get_param("AccountId"), self._get_param("Budget")["BudgetName"])
        _add(budget, self._get_param("ResourceTags") or [])
        return answer

    def list_tags_for_resource(self: BudgetsResponse) -> str:
        held = _tags(_tagged(self))
        return json.dumps({"ResourceTags": [{"Key": key, "Value": value} for key, value in held.items()]})

    def tag_resource(self: BudgetsResponse) -> str:
        _add(_tagged(self), self._get_param("ResourceTags"))
        return json.dumps({})

    def untag_resource(self: BudgetsResponse) -> str:
        for key in self._get_param("ResourceTagKeys"):
            _tags(_tagged(self)).pop(key, None)
        return json.dumps({})

    for method in (create_budget, list_tags_for_resource, tag_resource, untag_resource):
        patch.attribute(BudgetsResponse, method.__name__, method)


def _find(backend: BudgetsBackend, account: str, name: str) -> Budget:
    """Return a budget by its name.

    Raises:
        NotFoundException: there is none.
    """
    if name not in backend.budgets[account]:
        message = f"Unable to get budget: {name} - the budget doesn't exist."
        raise NotFoundException(message)
    return backend.budgets[account][name]


def _tagged(response: BudgetsResponse) -> Budget:
    """Return the budget that a call about tags names by its ARN, arn:aws:budgets::<account>:budget/<name>."""
    arn: str = response._get_param("ResourceARN")  # noqa: SLF001 - moto's own way to a parameter
    return _find(response.backend, arn.split(":")[4], arn.partition("/")[2])


def _add(budget: Budget, pairs: list[dict[str, Any]]) -> None:
    """Add tags as the API writes them."""
    _tags(budget).update({pair["Key"]: pair["Value"] for pair in pairs})


def _tags(budget: Budget) -> dict[str, str]:
    """Return the tags of a budget; they live and die with it."""
    held: dict[str, str] = vars(budget).setdefault("tags", {})
    return held
