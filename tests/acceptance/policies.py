"""Reads IAM policies as plans hold them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from acceptance.plans import Plan, Resource


@dataclass(frozen=True)
class Statement:
    """One statement, with lists where AWS takes a list or a single value."""

    sid: str
    effect: str
    actions: frozenset[str]
    resources: tuple[str, ...]
    principals: Mapping[str, tuple[str, ...]]
    conditions: Mapping[str, Mapping[str, Any]]
    not_actions: frozenset[str] = frozenset()
    not_resources: tuple[str, ...] = ()

    @property
    def allows(self) -> bool:
        """Whether it grants."""
        return self.effect == "Allow"


def statements(document: str | Mapping[str, Any]) -> list[Statement]:
    """Return the statements of a policy."""
    parsed = json.loads(document) if isinstance(document, str) else document
    return [_statement(each) for each in _listed(parsed["Statement"])]


def trust(role: Resource) -> Statement:
    """Return the one statement that says who may assume a role."""
    found = statements(role["assume_role_policy"])
    assert len(found) == 1, f"{role.address} trusts by {len(found)} statements"
    return found[0]


def granted(plan: Plan, role: Resource) -> list[Statement]:
    """Return every statement of a role's policies that are written in the code."""
    return [each for policy in policies_of(plan, role) for each in statements(policy)]


def allowed(plan: Plan, role: Resource) -> set[str]:
    """Return every action that a role's policies allow."""
    return {action for each in granted(plan, role) if each.allows for action in each.actions}


def on(plan: Plan, role: Resource, action: str) -> set[str]:
    """Return the resources on which a role may take an action."""
    found = [each for each in granted(plan, role) if each.allows and action in each.actions]
    assert found, f"{role.address} may not {action}"
    return {resource for each in found for resource in each.resources}


def everywhere(plan: Plan) -> Iterator[tuple[str, Statement]]:
    """Yield every statement of every identity policy of a plan, with its address."""
    for kind in ("iam_role_policy", "iam_policy"):
        for policy in plan.resources(kind):
            yield from ((policy.address, each) for each in statements(policy["policy"]))


def policies_of(plan: Plan, role: Resource) -> Iterator[str]:
    """Yield a role's policies that are written in the code, its own and those attached to it."""
    names = {role["id"], role["name"]}
    yield from (each["policy"] for each in plan.resources("iam_role_policy") if each["role"] in names)
    attached = {each["policy_arn"] for each in plan.resources("iam_role_policy_attachment") if each["role"] in names}
    yield from (each["policy"] for each in plan.resources("iam_policy") if each["arn"] in attached)


def _statement(raw: Mapping[str, Any]) -> Statement:
    principal = raw.get("Principal", {})
    return Statement(
        sid=raw.get("Sid", ""),
        effect=raw["Effect"],
        actions=frozenset(_listed(raw.get("Action", []))),
        resources=tuple(_listed(raw.get("Resource", []))),
        principals={"*": ("*",)}
        if principal == "*"
        else {kind: tuple(_listed(who)) for kind, who in principal.items()},
        conditions=raw.get("Condition", {}),
        not_actions=frozenset(_listed(raw.get("NotAction", []))),
        not_resources=tuple(_listed(raw.get("NotResource", []))),
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
