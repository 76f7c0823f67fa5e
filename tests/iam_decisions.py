"""Decides as IAM does whether a principal may take an action on a resource.

Knows what our policies use: Allow and Deny, Action and NotAction, Resource and NotResource, Principal, conditions,
policy variables, permissions boundaries. What it does not know is an error, never a guess.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

type Statement = Mapping[str, Any]
type Document = str | Mapping[str, Any]
"""A policy, as JSON text or read from it."""

ARN_PARTS = 6
NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotLike": "StringLike",
    "ArnNotEquals": "ArnLike",
    "ArnNotLike": "ArnLike",
}


class Decision(StrEnum):
    """How a request ends."""

    ALLOWED = "allowed"
    DENIED = "denied by a statement"
    NOT_ALLOWED = "allowed by nothing"


@dataclass(frozen=True)
class Request:
    """A call with what AWS knows about it: tags of the resource, the principal's ARN, and so on."""

    action: str
    resource: str = "*"
    context: Mapping[str, str | Sequence[str]] = field(default_factory=dict)


def decide(request: Request, policies: Iterable[Document], boundary: Document | None = None) -> Decision:
    """Return what identity policies, under a boundary if there is one, say to a request."""
    own = [statement for policy in policies for statement in statements(policy)]
    ceiling = None if boundary is None else statements(boundary)
    if any(_says(statement, "Deny", request) for statement in [*own, *(ceiling or [])]):
        return Decision.DENIED
    layers = [own] if ceiling is None else [own, ceiling]
    allowed = all(any(_says(statement, "Allow", request) for statement in layer) for layer in layers)
    return Decision.ALLOWED if allowed else Decision.NOT_ALLOWED


def decide_trust(request: Request, principal: Mapping[str, str], trust: Document) -> Decision:
    """Return whether `principal`, for example {"Service": "ecs-tasks.amazonaws.com"}, may assume a role."""
    addressed = [statement for statement in statements(trust) if _names(statement["Principal"], principal)]
    return decide(request, [{"Statement": addressed}])


def statements(document: Document) -> list[Statement]:
    """Return the statements of a policy."""
    parsed = json.loads(document) if isinstance(document, str) else document
    return [dict(statement) for statement in _listed(parsed["Statement"])]


def _says(statement: Statement, effect: str, request: Request) -> bool:
    return (
        statement["Effect"] == effect
        and _covers(statement, "Action", lambda wanted: like(wanted.lower(), request.action.lower()))
        and _covers(statement, "Resource", lambda wanted: like(_filled(wanted, request), request.resource))
        and all(
            _holds(operator, key, [_filled(str(value), request) for value in _listed(values)], request)
            for operator, keys in statement.get("Condition", {}).items()
            for key, values in keys.items()
        )
    )


def _covers(statement: Statement, kind: str, matches: Callable[[str], bool]) -> bool:
    if f"Not{kind}" in statement:
        return not any(matches(wanted) for wanted in _listed(statement[f"Not{kind}"]))
    # The trust policy of a role names no resource: it stands on its own.
    return any(matches(wanted) for wanted in _listed(statement.get(kind, "*" if kind == "Resource" else [])))


def _holds(operator: str, key: str, wanted: list[str], request: Request) -> bool:
    known = {name.lower(): _listed(value) for name, value in request.context.items()}.get(key.lower())
    quantifier, _, rest = operator.rpartition(":")
    name = rest.removesuffix("IfExists")
    if name == "Null":
        return any((value == "true") == (known is None) for value in wanted)
    positive = NEGATED.get(name, name)
    match = _operator(positive)
    if known is None:
        return rest.endswith("IfExists") or name in NEGATED or quantifier == "ForAllValues"
    each = [any(match(value, given) for value in wanted) != (name in NEGATED) for given in known]
    if quantifier == "ForAllValues":
        return all(each)
    assert quantifier == "ForAnyValue" or len(known) == 1, f"{key} has several values: {operator} does not say which"
    return any(each)


def _operator(name: str) -> Callable[[str, str], bool]:
    operators: dict[str, Callable[[str, str], bool]] = {
        "StringEquals": lambda wanted, given: wanted == given,
        "StringLike": like,
        "ArnEquals": _arn_like,
        "ArnLike": _arn_like,
        "Bool": lambda wanted, given: wanted.lower() == given.lower(),
        "NumericLessThan": lambda wanted, given: float(given) < float(wanted),
        "NumericLessThanEquals": lambda wanted, given: float(given) <= float(wanted),
    }
    return operators[name]


def _arn_like(wanted: str, given: str) -> bool:
    """Compare part by part: a star does not reach over a colon, except in the last part."""
    parts = wanted.split(":", ARN_PARTS - 1), given.split(":", ARN_PARTS - 1)
    return len(parts[0]) == len(parts[1]) and all(like(*pair) for pair in zip(*parts, strict=True))


def _names(wanted: str | Mapping[str, Any], principal: Mapping[str, str]) -> bool:
    if wanted == "*":
        return True
    assert isinstance(wanted, Mapping)
    return any(
        name in {given, "*"} or (name.endswith(":root") and given.startswith(name.removesuffix("root")))
        for kind, given in principal.items()
        for name in _listed(wanted.get(kind, []))
    )


def _filled(text: str, request: Request) -> str:
    """Put values from the request where a policy has variables; an unknown one matches nothing."""
    known = {name.lower(): str(value) for name, value in request.context.items() if isinstance(value, str)}
    return re.sub(r"\$\{([^}]+)\}", lambda found: known.get(found[1].lower(), "\0"), text)


@cache
def like(wanted: str, given: str) -> bool:
    """Return whether a text matches one with * and ?."""
    return re.fullmatch(re.escape(wanted).replace(r"\*", ".*").replace(r"\?", "."), given, re.DOTALL) is not None


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]
