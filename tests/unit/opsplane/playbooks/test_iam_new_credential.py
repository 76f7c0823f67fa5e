"""A credential that somebody made for another user."""

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from opsplane.signals.signal import Subject
from planned import plan, subject


def made(credential: str) -> Subject:
    """The user for whom it was made."""
    return subject("AWS::IAM::User", "erin", credential=credential)


def test_the_new_key_is_disabled_and_an_old_one_stays() -> None:
    """Undo enables it."""
    found = Observation(state={"access key AKIA1": "Active", "access key AKIA2": "Active"})

    [step] = plan("iam-new-credential", made("access key AKIA2"), found)

    assert (step.target, step.undo[0].parameters["Status"]) == ("access key AKIA2", "Active")


def test_a_password_is_deleted_for_good() -> None:
    """And the plan says so."""
    [step] = plan("iam-new-credential", made("console password"), Observation(state={"console password": "set"}))

    assert (step.undo, "cannot be put back" in step.final) == ((), True)


@pytest.mark.parametrize("credential", ["access key AKIA1", "console password", "", "access key AKIA9"])
def test_what_is_out_of_use_is_left(credential: str) -> None:
    """Disabled, never there, or not named."""
    assert plan("iam-new-credential", made(credential), Observation(state={"access key AKIA1": "Inactive"})) == ()


def test_a_device_is_told() -> None:
    """Only its owner can register one."""
    with pytest.raises(PermanentError, match="register one again"):
        plan("iam-new-credential", made("MFA device"), Observation())
