"""Administrator rights that were given by hand."""

from typing import Any

import pytest
from opsplane.errors import PermanentError
from opsplane.playbooks.plan import Observation
from planned import Answers, calls, plan, playbook, subject

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


def test_a_policy_whose_version_is_harmless_is_left() -> None:
    """There is nothing to take back."""
    found = Observation(state={"default version": "v2"}, evidence={"versions": {"v1": ALL, "v2": SOME}})

    assert plan("iam-admin-grant-revert", POLICY, found) == ()


def test_a_policy_without_a_harmless_version_is_told() -> None:
    """There is nowhere to go back to, and people have to know."""
    found = Observation(state={"default version": "v1"}, evidence={"versions": {"v1": ALL}})

    with pytest.raises(PermanentError, match="every version of .* makes administrators"):
        plan("iam-admin-grant-revert", POLICY, found)


OWN = "arn:aws:iam::000000000000:policy/harmless-by-name"


@pytest.mark.parametrize(("document", "detached"), [(ALL, True), (SOME, False)])
def test_the_text_of_a_policy_of_the_account_decides(document: Any, *, detached: bool) -> None:
    """A grant of administrator rights under another name is one all the same."""
    about = subject("AWS::IAM::Role", "x", targets=[f"attached policy {OWN}"])
    api = Answers(
        list_attached_role_policies={"AttachedPolicies": [{"PolicyArn": OWN}]},
        list_role_policies={"PolicyNames": []},
        list_role_tags={"Tags": []},
        get_policy={"Policy": {"DefaultVersionId": "v3"}},
        get_policy_version={"PolicyVersion": {"Document": document}},
    )

    steps = playbook("iam-admin-grant-revert").plan(about, playbook("iam-admin-grant-revert").observe(api, about), {})

    assert calls(steps) == (["detach_role_policy"] if detached else [])


@pytest.mark.parametrize(
    ("inline", "attached", "left"), [(ALL, [], False), (SOME, ["AdministratorAccess"], False), (SOME, [], True)]
)
def test_a_user_leaves_a_group_that_makes_administrators(inline: Any, attached: list[str], *, left: bool) -> None:
    """Whatever gives the group its rights; undo adds the user again."""
    about = subject("AWS::IAM::User", "erin", targets=["membership of group ops"])
    api = Answers(
        list_attached_user_policies={"AttachedPolicies": []},
        list_user_policies={"PolicyNames": []},
        list_user_tags={"Tags": []},
        list_groups_for_user={"Groups": [{"GroupName": "ops"}, {"GroupName": "other"}]},
        list_attached_group_policies={
            "AttachedPolicies": [{"PolicyArn": f"arn:aws:iam::aws:policy/{each}"} for each in attached]
        },
        list_group_policies={"PolicyNames": ["p"]},
        get_group_policy={"PolicyDocument": inline},
    )

    steps = playbook("iam-admin-grant-revert").plan(about, playbook("iam-admin-grant-revert").observe(api, about), {})

    assert calls(steps) == ([] if left else ["remove_user_from_group"])
    assert calls(steps, "undo") == ([] if left else ["add_user_to_group"])
