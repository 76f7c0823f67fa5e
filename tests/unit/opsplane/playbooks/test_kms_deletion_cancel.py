"""A key that is to be deleted, was disabled or was opened to everybody."""

from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from planned import calls, plan, subject

KEY = subject("AWS::KMS::Key", "key-1")
ADMIN = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*"}
EVERYBODY = {"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt"}


def seen(state: str = "Enabled", *statements: Any) -> Observation:
    """A key's state and its policy."""
    return Observation(state={"key state": state, "policy": {"Statement": list(statements or [ADMIN])}})


def test_a_deletion_is_cancelled_and_the_key_enabled() -> None:
    """KMS leaves a key whose deletion was cancelled disabled."""
    steps = plan("kms-deletion-cancel", KEY, seen("PendingDeletion"))

    assert calls(steps) == ["cancel_key_deletion", "enable_key"]


@pytest.mark.parametrize(("window", "days"), [(7, 7), (None, 30)])
def test_undo_schedules_it_with_the_same_window(window: Any, days: int) -> None:
    """Or with the longest, when the call did not say."""
    [step] = plan("kms-deletion-cancel", subject("AWS::KMS::Key", "key-1", window=window), seen("PendingDeletion"))

    assert step.undo[0].parameters["PendingWindowInDays"] == days


def test_a_disabled_key_is_enabled() -> None:
    """And disabled by undo."""
    steps = plan("kms-deletion-cancel", subject("AWS::KMS::Key", "key-1", targets=["key state"]), seen("Disabled"))

    assert (calls(steps), calls(steps, "undo")) == (["enable_key"], ["disable_key"])


@pytest.mark.parametrize("about", [KEY, subject("AWS::KMS::Key", "key-1", targets=["policy"])])
def test_a_key_that_was_disabled_long_ago_stays_so(about: Any) -> None:
    """Its policy is what somebody changed, or a rule looked for keys that are to be deleted."""
    steps = plan("kms-deletion-cancel", about, seen("Disabled", ADMIN, EVERYBODY))

    assert calls(steps) == ["put_key_policy"]


@pytest.mark.parametrize("state", ["Enabled", "PendingImport", "Unavailable"])
def test_a_key_in_another_state_is_left(state: str) -> None:
    """There is no call that would help."""
    assert plan("kms-deletion-cancel", KEY, seen(state)) == ()


def test_everybody_loses_the_key_and_its_administrators_keep_it() -> None:
    """Only the public statement goes."""
    [step] = plan("kms-deletion-cancel", KEY, seen("Enabled", ADMIN, EVERYBODY))

    assert step.after == {"Statement": [ADMIN]}


def test_a_policy_of_nothing_but_everybody_is_left() -> None:
    """Without a statement nobody could ever change the key again."""
    assert plan("kms-deletion-cancel", KEY, seen("Enabled", EVERYBODY)) == ()
