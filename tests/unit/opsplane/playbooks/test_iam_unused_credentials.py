"""Access keys that nobody has used for months."""

from datetime import UTC, datetime
from typing import Any

import pytest
from opsplane.errors import ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, plan, playbook, subject

USER = subject("AWS::IAM::User", "erin")


def seen(**last_used: str) -> Observation:
    """Active keys and the day on which each was last used, looked at on 22 November 2026."""
    return Observation(
        state={f"access key {key}": "Active" for key in last_used},
        evidence={"user": "erin", "last_used": last_used, "looked_at": "2026-11-22"},
    )


def test_only_the_old_key_is_disabled() -> None:
    """Ninety days, counted to the day."""
    found = seen(AKIA1="2026-08-24", AKIA2="2026-08-25")

    assert [step.target for step in plan("iam-unused-credentials", USER, found)] == ["access key AKIA1"]


@pytest.mark.parametrize(("days", "disabled"), [(10, 1), (11, 0), ("10", 0), (None, 0)])
def test_policy_says_how_old_is_old(days: Any, disabled: int) -> None:
    """What is no number counts as ninety."""
    assert len(plan("iam-unused-credentials", USER, seen(AKIA1="2026-11-12"), days=days)) == disabled


def test_a_disabled_key_is_left() -> None:
    """However old."""
    found = seen(AKIA1="2020-01-01").model_copy(update={"state": {"access key AKIA1": "Inactive"}})

    assert plan("iam-unused-credentials", USER, found) == ()


def test_a_key_that_was_never_used_counts_from_its_making() -> None:
    """LastUsedDate is absent then."""
    key = {"AccessKeyId": "AKIA1", "Status": "Active", "CreateDate": datetime(2026, 1, 2, tzinfo=UTC)}
    api = Answers(
        list_access_keys={"AccessKeyMetadata": [key]},
        get_access_key_last_used={"AccessKeyLastUsed": {"Region": "N/A"}},
        list_user_tags={"Tags": []},
    )

    assert playbook("iam-unused-credentials").observe(api, USER).evidence["last_used"] == {"AKIA1": "2026-01-02"}


def test_config_names_the_user_by_id() -> None:
    """The name is looked up; an id that nobody has is not found."""
    users = {"Users": [{"UserName": "bob", "UserId": "AIDA1"}]}
    api = Answers(list_users=users, list_access_keys={"AccessKeyMetadata": []}, list_user_tags={"Tags": []})
    observe = playbook("iam-unused-credentials").observe

    assert observe(api, subject("AWS::IAM::User", "AIDA1", rule="r")).handles == {"user": "bob"}
    with pytest.raises(ResourceNotFound, match="no IAM user AIDA2"):
        observe(api, subject("AWS::IAM::User", "AIDA2", rule="r"))
