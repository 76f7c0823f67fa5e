"""Rights that make an administrator."""

from typing import Any

import pytest
from opsplane.exposure.administrators import is_administrator, is_for_administrators


def policy(**statement: Any) -> dict[str, Any]:
    """A policy of one statement that allows everything, with changes."""
    return {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", **statement}]}


def without(element: str, **more: Any) -> dict[str, Any]:
    """A policy whose statement lacks an element."""
    found = policy(**more)
    del found["Statement"][0][element]
    return found


@pytest.mark.parametrize(
    "document",
    [
        policy(),
        {"Statement": policy()["Statement"][0]},
        policy(Action=["s3:GetObject", "*:*"]),
        policy(Action="**"),
        policy(Action="iam:*"),
        policy(Action="IAM:*"),
        policy(Action="i?m:*", Resource=["arn:aws:iam::*:*"]),
        policy(Resource="**"),
        without("Action", NotAction="s3:DeleteBucket"),
        without("Resource", NotResource="arn:aws:s3:::logs"),
        {"Statement": [{**policy()["Statement"][0], "Action": each} for each in ("iam:Put*", "iam:A*", "iam:C*")]},
    ],
)
def test_whoever_can_give_themselves_everything_is_an_administrator(document: Any) -> None:
    """However it is written."""
    assert is_administrator(document)


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"Statement": ["Allow"]},
        policy(Effect="Deny"),
        policy(Action="s3:*"),
        policy(Action="iam:Get*"),
        policy(Resource="arn:aws:s3:::logs/*"),
        policy(Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
        without("Action", NotAction=["iam:*", "organizations:*", "account:*"]),
        without("Action"),
    ],
)
def test_whoever_cannot_is_none(document: Any) -> None:
    """AWS's own policy for power users leaves IAM out; a condition narrows."""
    assert not is_administrator(document)


@pytest.mark.parametrize(
    ("arn", "found"),
    [
        ("arn:aws:iam::aws:policy/AdministratorAccess", True),
        ("arn:aws-cn:iam::aws:policy/IAMFullAccess", True),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess", False),
        ("arn:aws:iam::000000000000:policy/AdministratorAccess", False),
    ],
)
def test_only_the_names_of_awss_own_policies_tell(arn: str, *, found: bool) -> None:
    """Anybody may give theirs the same name."""
    assert is_for_administrators(arn) is found
