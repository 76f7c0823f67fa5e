"""Calls that give rights."""

from typing import Any

import pytest
from heard import hear
from opsplane.errors import UnhandledEvent


@pytest.mark.parametrize(
    ("call", "request_", "response", "resource", "left"),
    [
        (
            "AttachUserPolicy",
            {"userName": "u", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"},
            None,
            "u",
            False,
        ),
        ("AttachRolePolicy", {"roleName": "r", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}, None, "r", True),
        (
            "PutGroupPolicy",
            {
                "groupName": "g",
                "policyName": "p",
                "policyDocument": '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
            },
            None,
            "g",
            False,
        ),
        (
            "PutUserPolicy",
            {
                "userName": "u",
                "policyName": "p",
                "policyDocument": '{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}',
            },
            None,
            "u",
            True,
        ),
        (
            "CreatePolicyVersion",
            {
                "policyArn": "arn:aws:iam::000000000000:policy/p",
                "policyDocument": '{"Statement": [{"Effect": "Allow", "Action": ["*"], "Resource": ["*"]}]}',
                "setAsDefault": False,
            },
            None,
            "arn:aws:iam::000000000000:policy/p",
            True,
        ),
        ("AddUserToGroup", {"userName": "u", "groupName": "g"}, None, "u", False),
        (
            "AttachUserPolicy",
            {"userName": "u", "policyArn": "arn:aws:iam::000000000000:policy/any-name"},
            None,
            "u",
            False,
        ),
        (
            "SetDefaultPolicyVersion",
            {"policyArn": "arn:aws:iam::000000000000:policy/p", "versionId": "v1"},
            None,
            "arn:aws:iam::000000000000:policy/p",
            False,
        ),
    ],
)
def test_a_call_names_its_resource_and_whether_it_can_be_left(
    call: str, request_: Any, response: Any, resource: str, *, left: bool
) -> None:
    """What the record alone shows to be harmless, or to look fine, says why."""
    [heard] = hear("iam", call, request_, response)

    assert heard.id == resource
    assert bool(heard.harmless or heard.looks_fine) is left


@pytest.mark.parametrize(
    ("call", "request_"),
    [
        ("AttachUserPolicy", {"userName": "u"}),
        ("PutUserPolicy", {"userName": "u/../v", "policyDocument": "{}"}),
    ],
)
def test_a_record_without_its_resource_is_refused(call: str, request_: Any) -> None:
    """Nothing of another grammar reaches an API call."""
    with pytest.raises(UnhandledEvent, match=call):
        hear("iam", call, request_)
