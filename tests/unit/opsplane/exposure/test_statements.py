"""Whether a statement of a resource policy lets everybody in."""

from typing import Any

import pytest
from opsplane.exposure.statements import is_public


def statement(**changes: Any) -> dict[str, Any]:
    """A statement that lets everybody in, with changes."""
    return {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", **changes}


@pytest.mark.parametrize(
    "found",
    [
        statement(),
        statement(Principal={"AWS": "*"}),
        statement(Principal={"AWS": ["arn:aws:iam::111122223333:root", "*"]}),
        statement(Condition={"IpAddress": {"aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"]}}),
        statement(Condition={"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}),
        statement(Condition={"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}}),
    ],
)
def test_everybody_is_everybody(found: dict[str, Any]) -> None:
    """Also behind a condition that does not narrow."""
    assert is_public(found)


@pytest.mark.parametrize(
    "found",
    [
        statement(Effect="Deny"),
        statement(Principal={"AWS": "arn:aws:iam::111122223333:root"}),
        statement(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-abc123"}}),
        statement(Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
    ],
)
def test_somebody_is_not_everybody(found: dict[str, Any]) -> None:
    """A fixed identity or network narrows."""
    assert not is_public(found)


@pytest.mark.parametrize("condition", ["everything", ["x"], {"StringEquals": "x"}, None])
def test_a_condition_that_is_none_does_not_narrow(condition: Any) -> None:
    """A call that S3 refused is told with whatever its caller wrote; nobody can crash us with that."""
    assert is_public(statement(Condition=condition))
