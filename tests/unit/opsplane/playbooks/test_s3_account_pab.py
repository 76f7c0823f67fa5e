"""The account's block of public access."""

import pytest
from cloud import ACCOUNT
from opsplane.playbooks.plan import Observation
from planned import calls, plan, playbook, subject

ACCOUNT_SETTING = subject("AWS::::Account", ACCOUNT)
KEYS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
ALL_ON = dict.fromkeys(KEYS, True)


@pytest.mark.parametrize("off", KEYS)
def test_one_switch_that_is_off_is_enough(off: str) -> None:
    """Undo sets exactly what was."""
    before = {**ALL_ON, off: False}

    [step] = plan("s3-account-pab", ACCOUNT_SETTING, Observation(state={"account public access block": before}))

    assert step.apply[0].parameters["PublicAccessBlockConfiguration"] == ALL_ON
    assert step.undo[0].parameters["PublicAccessBlockConfiguration"] == before


def test_an_account_without_any_gets_one() -> None:
    """And undo deletes it."""
    steps = plan("s3-account-pab", ACCOUNT_SETTING, Observation())

    assert (calls(steps), calls(steps, "undo")) == (["put_public_access_block"], ["delete_public_access_block"])


def test_an_account_with_all_four_on_is_left() -> None:
    """Nothing to do."""
    assert plan("s3-account-pab", ACCOUNT_SETTING, Observation(state={"account public access block": ALL_ON})) == ()


def test_buckets_that_are_public_on_purpose_are_a_reason_to_ask() -> None:
    """The switch cuts them all off."""
    caution = playbook("s3-account-pab").caution
    assert caution is not None

    assert "site" in str(caution(ACCOUNT_SETTING, Observation(), {"public_buckets": ["site"]}))
    assert caution(ACCOUNT_SETTING, Observation(), {"public_buckets": "site"}) is None
