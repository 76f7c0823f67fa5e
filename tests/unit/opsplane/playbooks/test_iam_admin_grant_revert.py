"""Administrator rights that were given by hand."""

from typing import Any

import pytest
from opsplane.playbooks.plan import Observation
from planned import calls, plan, subject

ADMIN = "attached policy arn:aws:iam::aws:policy/AdministratorAccess"
READ = "attached policy arn:aws:iam::aws:policy/ReadOnlyAccess"
ALL = {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
SOME = {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
HOLDERS = [("AWS::IAM::User", "user"), ("AWS::IAM::Role", "role"), ("AWS::IAM::Group", "group")]


@pytest.mark.parametrize(("holder", "word"), HOLDERS)
def test_an_attached_administrator_policy_goes_and_others_stay(holder: str, word: str) -> None:
    """Undo attaches it again."""
    steps = plan("iam-admin-grant-revert", subject(holder, "x"), Observation(state={ADMIN: True, READ: True}))

    assert (calls(steps), calls(steps, "undo")) == ([f"detach_{word}_policy"], [f"attach_{word}_policy"])


@pytest.mark.parametrize(("holder", "word"), HOLDERS)
def test_an_inline_administrator_policy_goes_and_others_stay(holder: str, word: str) -> None:
    """What it says decides, not its name."""
    state = {"inline policy harmless": ALL, "inline policy admin": SOME}

    steps = plan("iam-admin-grant-revert", subject(holder, "x"), Observation(state=state))

    assert [step.target for step in steps] == ["inline policy harmless"]
    assert (calls(steps), calls(steps, "undo")) == ([f"delete_{word}_policy"], [f"put_{word}_policy"])


def test_a_grant_that_the_call_did_not_make_stays() -> None:
    """The administrators' own role was an administrator before: nobody is locked out."""
    about = subject("AWS::IAM::Role", "x", targets=["inline policy new"])
    state = {ADMIN: True, "inline policy new": ALL}

    assert [step.target for step in plan("iam-admin-grant-revert", about, Observation(state=state))] == [
        "inline policy new"
    ]


POLICY = subject("AWS::IAM::ManagedPolicy", "arn:aws:iam::000000000000:policy/p")


def test_a_policy_goes_back_to_its_newest_harmless_version() -> None:
    """v10 is newer than v9."""
    versions = {"v9": SOME, "v10": SOME, "v11": ALL}
    found = Observation(state={"default version": "v11"}, evidence={"versions": versions})

    [step] = plan("iam-admin-grant-revert", POLICY, found)

    assert (step.after, step.undo[0].parameters["VersionId"]) == ("v10", "v11")


@pytest.mark.parametrize(("versions", "current"), [({"v1": ALL}, "v1"), ({"v1": ALL, "v2": SOME}, "v2")])
def test_a_policy_without_a_harmless_version_or_need_is_left(versions: dict[str, Any], current: str) -> None:
    """There is nowhere to go back to, or nothing to take back."""
    found = Observation(state={"default version": current}, evidence={"versions": versions})

    assert plan("iam-admin-grant-revert", POLICY, found) == ()
