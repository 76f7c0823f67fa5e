"""Permissions of a Lambda function: statements of its policy, each with an id, made and removed one by one."""

import json
from collections.abc import Callable
from typing import Any

from opsplane.model import Json, JsonObject
from opsplane.playbooks.plan import Api, Call, Observation, call, part

_CONDITIONS = {
    "aws:sourcearn": "SourceArn",
    "aws:sourceaccount": "SourceAccount",
    "aws:principalorgid": "PrincipalOrgID",
    "lambda:functionurlauthtype": "FunctionUrlAuthType",
    "lambda:eventsourcetoken": "EventSourceToken",
}
"""Condition keys of a statement, and the parameters of AddPermission that make them."""


def observe(api: Api, name: str) -> Observation:
    """Each permission, and the reserved concurrency when there is one."""
    found = api.read("lambda", "get_function", FunctionName=name)
    text = part(api, "lambda", "get_policy", FunctionName=name).get("Policy")
    statements = json.loads(text)["Statement"] if text else []
    state: dict[str, Json] = {f"permission {each['Sid']}": each for each in statements}
    concurrency = part(api, "lambda", "get_function_concurrency", FunctionName=name)
    reserved = concurrency.get("ReservedConcurrentExecutions")
    if reserved is not None:
        state["reserved concurrency"] = reserved
    configuration = {key: str(value) for key, value in found["Configuration"].items() if key != "Environment"}
    return Observation(tags=found.get("Tags", {}), state=state, evidence={"function": configuration, "policy": text})


def setting(name: str, target: str, statement: JsonObject) -> Callable[[Json], tuple[Call, ...]]:
    """The calls that bring a permission to a value: the statement itself, or None."""
    identity: dict[str, Any] = {"FunctionName": name, "StatementId": target.removeprefix("permission ")}

    def to(value: Json) -> tuple[Call, ...]:
        if value is None:
            return (call("lambda", "remove_permission", **identity),)
        return (call("lambda", "add_permission", **identity, **_request(statement)),)

    return to


def _request(statement: JsonObject) -> dict[str, Any]:
    principal = statement.get("Principal")
    named = principal if isinstance(principal, str) else next(iter((principal or {"AWS": "*"}).values()))
    conditions = {
        _CONDITIONS[key.lower()]: value
        for keys in statement.get("Condition", {}).values()
        for key, value in keys.items()
        if key.lower() in _CONDITIONS
    }
    return {"Action": statement["Action"], "Principal": named, **conditions}
