"""Statements of resource policies: whether one lets everybody in."""

from opsplane.exposure.addresses import is_world
from opsplane.model import JsonObject

# Condition keys that narrow "everybody" to somebody, when their value is fixed. S3 itself judges "public" in this way:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
_NARROWING = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    }
)
_POSITIVE = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"})


def is_public(statement: JsonObject) -> bool:
    """Whether a policy statement lets everybody in: Allow, any principal, and no condition that narrows it."""
    principal = statement.get("Principal")
    named = principal.get("AWS") if isinstance(principal, dict) else principal
    everybody = "NotPrincipal" in statement or "*" in (named if isinstance(named, list) else [named])
    # A call that was refused tells whatever its caller wrote, also what is no policy.
    found = statement.get("Condition")
    tests = [(test, keys) for test, keys in found.items() if isinstance(keys, dict)] if isinstance(found, dict) else []
    narrowed = any(_narrows(test, key, value) for test, keys in tests for key, value in keys.items())
    return statement.get("Effect") == "Allow" and everybody and not narrowed


def _narrows(test: str, key: str, value: object) -> bool:
    """Whether a condition holds for known callers only: a positive test of an identity against fixed values."""
    if test.lower() not in _POSITIVE or key.lower() not in _NARROWING:
        return False
    values = [str(each) for each in (value if isinstance(value, list) else [value])]
    fixed = not any(sign in each for each in values for sign in ("*", "?", "${"))
    return fixed and not (key.lower() == "aws:sourceip" and any(_is_open_range(each) for each in values))


def _is_open_range(value: str) -> bool:
    """Whether a condition on the caller's address lets the world in; what is no address range does not narrow."""
    try:
        return is_world(value)
    except ValueError:
        return True
