"""An access key in other hands is disabled."""

import pytest
from opsplane.errors import ResourceNotFound
from opsplane.playbooks.plan import Observation
from planned import Answers, plan, playbook, subject

TWO = Observation(state={"access key AKIA1": "Active", "access key AKIA2": "Active"})


def test_only_the_key_that_is_meant_is_disabled() -> None:
    """The user's other key may be what keeps the application running."""
    [step] = plan("iam-key-disable", subject("AWS::IAM::User", "erin", access_key="AKIA2"), TWO)

    assert step.target == "access key AKIA2"
    assert step.undo[0].parameters["Status"] == "Active"


def test_without_a_named_key_every_active_one_is_disabled() -> None:
    """Nobody knows which one is lost."""
    assert len(plan("iam-key-disable", subject("AWS::IAM::User", "erin"), TWO)) == 2


def test_a_disabled_key_is_left() -> None:
    """The finding repeats after the key was disabled."""
    about = subject("AWS::IAM::User", "erin", access_key="AKIA1")

    assert plan("iam-key-disable", about, Observation(state={"access key AKIA1": "Inactive"})) == ()


def test_a_key_that_is_gone_is_not_found() -> None:
    """Another key of the same user is not disabled in its place."""
    api = Answers(list_access_keys={"AccessKeyMetadata": [{"AccessKeyId": "AKIA2", "Status": "Active"}]})

    with pytest.raises(ResourceNotFound, match="has no access key AKIA1"):
        playbook("iam-key-disable").observe(api, subject("AWS::IAM::User", "erin", access_key="AKIA1"))
