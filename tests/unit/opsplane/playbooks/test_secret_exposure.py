"""A secret whose policy lets everybody in."""

from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

SECRET = subject("AWS::SecretsManager::Secret", "arn:secret:orders")
PARTNER = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::999999999999:root"}, "Action": "*"}
EVERYBODY = {"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue"}


def seen(*statements: Any) -> Observation:
    """A secret with a policy."""
    return Observation(state={"resource policy": {"Statement": list(statements)}})


def test_only_the_public_statement_goes() -> None:
    """A partner goes on reading."""
    [step] = plan("secret-exposure", SECRET, seen(PARTNER, EVERYBODY))

    assert step.after == {"Statement": [PARTNER]}


def test_a_policy_of_nothing_else_is_deleted() -> None:
    """And put back by undo."""
    steps = plan("secret-exposure", SECRET, seen(EVERYBODY))

    assert (calls(steps), calls(steps, "undo")) == (["delete_resource_policy"], ["put_resource_policy"])


@pytest.mark.parametrize("found", [seen(PARTNER), Observation()])
def test_a_private_one_is_left(found: Observation) -> None:
    """With a policy or without one."""
    assert plan("secret-exposure", SECRET, found) == ()


def test_the_value_is_never_read() -> None:
    """Evidence is kept for years."""
    api = Answers(describe_secret={"ARN": "arn:secret:orders", "VersionIdsToStages": {"v2": [], "v1": []}})

    found = playbook("secret-exposure").observe(api, SECRET)

    assert found.evidence["versions"] == ["v1", "v2"]
    assert api.asked == ["describe_secret", "get_resource_policy"]
