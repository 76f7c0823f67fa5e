"""Evaluate rights on the resource that AWS evaluates: ministack 1.5.33 takes another one for a few calls.

A policy for a group is about the group, a rule of the default bus has no bus in its ARN and is also the one whose
targets are listed, and a topic's tags are the topic's. https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

import json
from importlib import import_module
from typing import Any


def install() -> None:
    """Correct the resources of these calls."""
    actions: Any = import_module("ministack.core.iam_actions")
    extract: Any = actions.extract_resource_arn

    def extract_resource_arn(service: str, *rest: Any, **named: Any) -> str:
        found: str = extract(service, *rest, **named)
        if service == "events":
            return _rule(rest, named) or found.replace(":rule/default/", ":rule/")
        query = named.get("query_params", rest[4] if len(rest) > _QUERY else {}) or {}
        if service == "iam" and (group := _first(query, "GroupName")):
            account = named.get("account_id") or rest[_ACCOUNT]
            return f"arn:aws:iam::{account}:group/{group}"
        if service == "sns" and found == "*":
            return _first(query, "ResourceArn") or found
        return found

    actions.extract_resource_arn = extract_resource_arn


_BODY, _QUERY, _REGION, _ACCOUNT = 3, 4, 5, 6


def _rule(rest: tuple[Any, ...], named: dict[str, Any]) -> str:
    """The rule that a call about targets names as `Rule`; empty for other calls."""
    body = named.get("body", rest[_BODY] if len(rest) > _BODY else b"") or b""
    try:
        asked = json.loads(body)
    except ValueError:
        return ""
    name = asked.get("Rule") if isinstance(asked, dict) else None
    if not name:
        return ""
    region, account = named.get("region") or rest[_REGION], named.get("account_id") or rest[_ACCOUNT]
    bus = str(asked.get("EventBusName") or "default").rsplit("/", 1)[-1]
    return f"arn:aws:events:{region}:{account}:rule/{'' if bus == 'default' else f'{bus}/'}{name}"


def _first(query: dict[str, Any], key: str) -> str:
    value = query.get(key, "")
    return str(value[0]) if isinstance(value, list) and value else str(value or "")
