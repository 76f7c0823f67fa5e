"""Permissions of a Lambda function, one by one."""

import json
from typing import Any

import pytest
from opsplane.playbooks import function_permissions as permissions
from planned import Answers

STATEMENT = {
    "Sid": "partner",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
    "Action": "lambda:InvokeFunction",
    "Condition": {
        "StringEquals": {"AWS:SourceAccount": "999999999999"},
        "ArnLike": {"AWS:SourceArn": "arn:aws:sns:us-east-1:999999999999:t"},
    },
}


def test_each_permission_is_a_target_of_its_own() -> None:
    """And so is the reserved concurrency, when there is one; environment variables are not evidence."""
    api = Answers(
        get_function={"Configuration": {"FunctionName": "f", "Environment": {"Variables": {"password": "x"}}}},
        get_policy={"Policy": json.dumps({"Statement": [STATEMENT]})},
        get_function_concurrency={"ReservedConcurrentExecutions": 0},
    )

    found = permissions.observe(api, "f")

    assert found.state == {"permission partner": STATEMENT, "reserved concurrency": 0}
    assert "password" not in str(found.evidence)


def test_a_function_without_a_policy_has_no_permissions() -> None:
    """AWS answers that there is none."""
    found = permissions.observe(Answers(get_function={"Configuration": {}}, get_function_concurrency={}), "f")

    assert found.state == {}


def test_a_statement_becomes_the_call_that_makes_it() -> None:
    """Conditions are parameters of AddPermission."""
    [call] = permissions.setting("f", "permission partner", STATEMENT)(STATEMENT)

    assert call.parameters == {
        "FunctionName": "f",
        "StatementId": "partner",
        "Action": "lambda:InvokeFunction",
        "Principal": "arn:aws:iam::999999999999:root",
        "SourceAccount": "999999999999",
        "SourceArn": "arn:aws:sns:us-east-1:999999999999:t",
    }


@pytest.mark.parametrize(
    ("principal", "named"), [("*", "*"), ({"AWS": "*"}, "*"), ({"Service": "sns.amazonaws.com"}, "sns.amazonaws.com")]
)
def test_a_principal_is_named_as_it_stands(principal: Any, named: str) -> None:
    """AddPermission takes a bare name."""
    statement = {"Sid": "s", "Principal": principal, "Action": "lambda:InvokeFunction"}

    [call] = permissions.setting("f", "permission s", statement)(statement)

    assert call.parameters["Principal"] == named


def test_none_takes_it_away() -> None:
    """By its id, and no neighbour with it."""
    [call] = permissions.setting("f", "permission partner", STATEMENT)(None)

    assert (call.operation, call.parameters["StatementId"]) == ("remove_permission", "partner")
