"""Reasons to ask a person although the policy says enforce."""

import pytest
from builders import config_verdict, group_opened, role, signal
from opsplane.decisions.guards import is_own_change, reason_to_ask
from opsplane.playbooks.plan import Observation
from opsplane.policies.load import default

POLICIES = default()


@pytest.mark.parametrize("value", ["true", "yes", "", "True", "anything"])
def test_a_protected_resource_is_asked_about(value: str) -> None:
    """Any value but false protects; an empty one, too."""
    found = Observation(tags={"opsplane:protected": value})

    assert reason_to_ask(signal(group_opened()), found, POLICIES) == "the resource carries the tag opsplane:protected"


@pytest.mark.parametrize(
    "tags", [{}, {"opsplane:protected": "false"}, {"opsplane:protected": "False"}, {"protected": "x"}]
)
def test_an_unprotected_resource_is_not_asked_about(tags: dict[str, str]) -> None:
    """Only our own tag counts."""
    assert reason_to_ask(signal(group_opened()), Observation(tags=tags), POLICIES) is None


@pytest.mark.parametrize("name", ["terraform", "deploy-terraform-prod", "TerraformApply", "ci-terraform"])
def test_a_change_by_terraform_is_asked_about(name: str) -> None:
    """The next apply would only make it again."""
    reason = reason_to_ask(signal(group_opened(identity=role(name))), Observation(), POLICIES)

    assert reason == f"the change was made by the Terraform role {name}: the next apply would make it again"


def test_a_change_by_another_role_or_by_nobody_is_not_asked_about() -> None:
    """Config names no actor."""
    assert reason_to_ask(signal(group_opened(identity=role("admin", "terraform"))), Observation(), POLICIES) is None
    assert reason_to_ask(signal(config_verdict()), Observation(), POLICIES) is None


@pytest.mark.parametrize(
    ("identity", "own"),
    [
        (role("opsplane-dev-remediator"), True),
        (role("opsplane-dev-RemediatorFunctionRole-1ABC"), True),
        (role("opsplane-prod-remediator"), False),
        (role("admin", "opsplane-dev-remediator"), False),
        ({"type": "IAMUser", "userName": "opsplane-dev-remediator"}, False),
        (role("opsplane-dev-remediator", account="999999999999"), False),
        ({**role("opsplane-dev-remediator"), "arn": ""}, False),
    ],
)
def test_only_a_role_of_our_account_tells_our_own_changes(identity: dict[str, object], *, own: bool) -> None:
    """A session, a user, or a role of another account can be named like us by anybody."""
    assert is_own_change(signal(group_opened(identity=identity)), "opsplane-dev-") is own
