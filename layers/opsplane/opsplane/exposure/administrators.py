"""Rights that make an administrator, by the name of a managed policy or by the text of one."""

from fnmatch import fnmatchcase

from opsplane.model import JsonObject

MEMBERSHIP = "membership of group "
"""How a target is named that is a user's place in a group."""

_OF_AWS = ("AdministratorAccess", "IAMFullAccess")


def is_for_administrators(arn: str) -> bool:
    """Whether a managed policy is one of AWS's own for administrators."""
    return ":iam::aws:policy/" in arn and arn.rsplit("/", 1)[-1] in _OF_AWS


# Whoever may do these to anybody can give themselves everything. Names of actions know no case, and `*` and `?` match
# as in a file name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
_MAKING_ADMINISTRATORS = ("iam:attachuserpolicy", "iam:putrolepolicy", "iam:createaccesskey")
_ANYBODY = ("arn:aws:iam::000000000000:user/anybody", "arn:aws:iam::000000000000:role/anybody")


def is_administrator(document: object) -> bool:
    """Whether a policy document allows everything, or to make oneself an administrator: `*`, `iam:*`, all but a few."""
    found = document.get("Statement", []) if isinstance(document, dict) else []
    allowing = [
        each
        for each in (found if isinstance(found, list) else [found])
        if isinstance(each, dict) and each.get("Effect") == "Allow" and not each.get("Condition") and _is_on_all(each)
    ]
    return all(any(_names(each, "Action", action) for each in allowing) for action in _MAKING_ADMINISTRATORS)


def _is_on_all(statement: JsonObject) -> bool:
    return all(_names(statement, "Resource", arn) for arn in _ANYBODY)


def _names(statement: JsonObject, element: str, value: str) -> bool:
    """Whether an element (`Action`, `Resource`), or its negation, covers a value."""
    if element in statement:
        return _matches(statement[element], value)
    negated = f"Not{element}"
    return negated in statement and not _matches(statement[negated], value)


def _matches(patterns: object, value: str) -> bool:
    listed = patterns if isinstance(patterns, list) else [patterns]
    return any(fnmatchcase(value.lower(), str(each).lower().replace("[", "[[]")) for each in listed)
