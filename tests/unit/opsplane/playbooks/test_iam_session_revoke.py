"""Sessions of a role whose credentials were stolen are ended."""

import json
from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

ROLE = subject("AWS::IAM::Role", "app")
TARGET = "inline policy opsplane-revoke-older-sessions"
NOW = "2026-11-22T10:00:00Z"


def seen(**state: Any) -> Observation:
    """A role, looked at."""
    return Observation(state=state, evidence={"looked_at": NOW})


def test_what_was_issued_before_now_is_denied() -> None:
    """The role itself goes on: a new session works."""
    [step] = plan("iam-session-revoke", ROLE, seen())

    document = json.loads(step.apply[0].parameters["PolicyDocument"])
    assert document["Statement"][0]["Condition"] == {"DateLessThan": {"aws:TokenIssueTime": NOW}}
    assert document["Statement"][0]["Effect"] == "Deny"


def test_undo_leads_to_what_was_there() -> None:
    """To nothing the first time, to the older denial the second time."""
    older = {"Version": "2012-10-17", "Statement": []}

    first, second = plan("iam-session-revoke", ROLE, seen()), plan("iam-session-revoke", ROLE, seen(**{TARGET: older}))

    assert calls(first, "undo") == ["delete_role_policy"]
    assert json.loads(second[0].undo[0].parameters["PolicyDocument"]) == older


@pytest.mark.parametrize("path", ["aws-service-role/ecs.amazonaws.com", "aws-reserved/sso.amazonaws.com"])
def test_a_role_of_awss_own_is_told(path: str) -> None:
    """IAM refuses such changes, or its owner undoes them."""
    api = Answers(get_role={"Role": {"Arn": f"arn:aws:iam::000000000000:role/{path}/app"}})

    with pytest.raises(PermanentError, match="managed by AWS"):
        playbook("iam-session-revoke").observe(api, ROLE)
