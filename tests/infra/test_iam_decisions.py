"""The evaluator of policies decides as IAM does."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from iam_decisions import Decision, Request, decide, decide_trust, like

ALLOWED, DENIED, NOT_ALLOWED = Decision.ALLOWED, Decision.DENIED, Decision.NOT_ALLOWED
BUCKET = "arn:aws:s3:::reports"
ROLE = "arn:aws:iam::000000000000:role/reader"
HUB = "arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"


def allow(**parts: Any) -> dict[str, Any]:
    """Return a policy of one statement that allows."""
    return {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **parts}]}


def deny(**parts: Any) -> dict[str, Any]:
    """Return a policy of one statement that denies."""
    return {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", **parts}}


def holds(operator: str, key: str, wanted: str | list[str], context: Mapping[str, str | list[str]]) -> bool:
    """Return whether a condition holds."""
    policy = allow(Condition={operator: {key: wanted}})
    return decide(Request("s3:GetObject", BUCKET, context), [policy]) is ALLOWED


def test_nothing_is_allowed_unasked() -> None:
    """No statement, no permission."""
    assert decide(Request("s3:GetObject", BUCKET), []) is NOT_ALLOWED


def test_a_denial_wins_wherever_it_stands() -> None:
    """Before or after, in the boundary or in a policy."""
    request = Request("s3:GetObject", BUCKET)

    assert decide(request, [allow(), deny()]) is DENIED
    assert decide(request, [deny(), allow()]) is DENIED
    assert decide(request, [allow()], boundary=deny()) is DENIED


def test_a_boundary_must_allow_as_well() -> None:
    """And gives nothing by itself."""
    request = Request("s3:GetObject", BUCKET)

    assert decide(request, [allow()], boundary=allow()) is ALLOWED
    assert decide(request, [allow()], boundary=allow(Action="s3:ListBucket")) is NOT_ALLOWED
    assert decide(request, [], boundary=allow()) is NOT_ALLOWED


def test_policies_may_be_json() -> None:
    """As plans hold them."""
    assert decide(Request("s3:GetObject", BUCKET), [json.dumps(allow())]) is ALLOWED


@pytest.mark.parametrize(
    ("statement", "request_", "expected"),
    [
        (allow(Action=["s3:Get*"]), Request("s3:GetObject", BUCKET), ALLOWED),
        (allow(Action="S3:getobject"), Request("s3:GetObject", BUCKET), ALLOWED),
        (allow(Action="s3:Get"), Request("s3:GetObject", BUCKET), NOT_ALLOWED),
        (allow(Resource=f"{BUCKET}/*"), Request("s3:GetObject", f"{BUCKET}/a/b"), ALLOWED),
        (allow(Resource=f"{BUCKET}/?"), Request("s3:GetObject", f"{BUCKET}/ab"), NOT_ALLOWED),
        (allow(Resource=BUCKET.upper()), Request("s3:GetObject", BUCKET), NOT_ALLOWED),
        (
            {"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]},
            Request("s3:GetObject", BUCKET),
            ALLOWED,
        ),
        (
            {"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]},
            Request("iam:PassRole", ROLE),
            NOT_ALLOWED,
        ),
        (
            {"Statement": [{"Effect": "Allow", "Action": "*", "NotResource": [BUCKET]}]},
            Request("s3:GetObject", BUCKET),
            NOT_ALLOWED,
        ),
        (
            allow(Resource="arn:aws:iam::*:user/${aws:username}"),
            Request("s3:GetObject", "arn:aws:iam::1:user/ann", {"aws:username": "ann"}),
            ALLOWED,
        ),
        (
            allow(Resource="arn:aws:iam::*:user/${aws:username}"),
            Request("s3:GetObject", "arn:aws:iam::1:user/ann"),
            NOT_ALLOWED,
        ),
    ],
)
def test_actions_and_resources_are_matched(statement: dict[str, Any], request_: Request, expected: Decision) -> None:
    """Stars and question marks, lists, the negative forms, variables; actions in any case, resources in theirs."""
    assert decide(request_, [statement]) is expected


@pytest.mark.parametrize(
    ("operator", "wanted", "given", "expected"),
    [
        ("StringEquals", ["dev", "prod"], "prod", True),
        ("StringEquals", "pro*", "prod", False),
        ("StringEquals", "prod", None, False),
        ("StringEqualsIfExists", "prod", None, True),
        ("StringEqualsIfExists", "prod", "dev", False),
        ("StringLike", "pro*", "prod", True),
        ("StringNotEquals", ["dev", "prod"], "prod", False),
        ("StringNotEquals", ["dev", "prod"], "staging", True),
        ("StringNotEquals", "prod", None, True),
        ("StringNotLike", "pro*", "prod", False),
        ("ArnLike", "arn:aws:iam::*:role/*", ROLE, True),
        ("ArnLike", "arn:aws:*:role/*", ROLE, False),
        ("ArnEquals", ROLE, ROLE, True),
        ("ArnNotLike", "arn:aws:iam::*:role/w*", ROLE, True),
        ("ArnNotEquals", ROLE, ROLE, False),
        ("Bool", "true", "True", True),
        ("Bool", "true", None, False),
        ("BoolIfExists", "false", None, True),
        ("Null", "true", None, True),
        ("Null", "false", None, False),
        ("Null", "false", "x", True),
        ("NumericLessThan", "3600", "60", True),
        ("NumericLessThan", "3600", "3600", False),
        ("NumericLessThanEquals", "3600", "3600", True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["b", "c"], True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c"], False),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
        ("ForAllValues:StringLike", ["a*", "b"], ["ab", "b"], True),
        ("ForAllValues:StringEquals", ["a"], None, True),
        ("ForAnyValue:StringEquals", ["a"], None, False),
    ],
)
def test_conditions(operator: str, wanted: str | list[str], given: str | list[str] | None, *, expected: bool) -> None:
    """A missing key fails a positive condition, passes a negative one, and pleases IfExists and ForAllValues."""
    assert holds(operator, "aws:Some/Key", wanted, {} if given is None else {"AWS:some/key": given}) is expected


def test_all_conditions_must_hold() -> None:
    """Operators and keys are joined by and, values by or."""
    both = allow(Condition={"StringEquals": {"a": "1"}, "Bool": {"b": "true", "c": ["true", "false"]}})

    assert decide(Request("s3:GetObject", BUCKET, {"a": "1", "b": "true", "c": "false"}), [both]) is ALLOWED
    assert decide(Request("s3:GetObject", BUCKET, {"a": "1", "b": "false", "c": "false"}), [both]) is NOT_ALLOWED


def test_what_is_not_known_is_an_error() -> None:
    """A guess would be worse than no answer."""
    with pytest.raises(KeyError):
        holds("IpAddress", "aws:SourceIp", "10.0.0.0/8", {"aws:SourceIp": "10.0.0.1"})
    with pytest.raises(AssertionError, match="several values"):
        holds("StringEquals", "aws:TagKeys", "a", {"aws:TagKeys": ["a", "b"]})


@pytest.mark.parametrize(
    ("trusted", "principal", "expected"),
    [
        ({"Federated": HUB}, {"Federated": HUB}, ALLOWED),
        ({"Federated": HUB}, {"AWS": ROLE}, NOT_ALLOWED),
        ({"Service": ["ecs-tasks.amazonaws.com"]}, {"Service": "ecs-tasks.amazonaws.com"}, ALLOWED),
        ({"AWS": "arn:aws:iam::000000000000:root"}, {"AWS": ROLE}, ALLOWED),
        ({"AWS": "arn:aws:iam::111111111111:root"}, {"AWS": ROLE}, NOT_ALLOWED),
        ({"AWS": "*"}, {"AWS": ROLE}, ALLOWED),
        ("*", {"AWS": ROLE}, ALLOWED),
    ],
)
def test_a_role_trusts_whom_it_names(trusted: Any, principal: dict[str, str], expected: Decision) -> None:
    """The account's root stands for everybody in the account."""
    trust = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": trusted}]}

    assert decide_trust(Request("sts:AssumeRole"), principal, trust) is expected


def test_a_star_in_the_last_part_of_an_arn_reaches_over_colons() -> None:
    """As in log groups and functions, whose names are followed by more."""
    assert like("arn:aws:logs:*:1:log-group:/ecs/dev/*", "arn:aws:logs:us-east-1:1:log-group:/ecs/dev/fastapi:*")
