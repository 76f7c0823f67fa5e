"""Which parts of a resource a call touched, in the words of the playbooks' targets."""

from collections.abc import Iterator
from typing import Any

_BUCKET_PARTS = {
    "PutBucketPolicy": "policy",
    "PutBucketAcl": "acl",
    "PutBucketPublicAccessBlock": "public access block",
    "DeleteBucketPublicAccessBlock": "public access block",
}


def touched(call: str, request: dict[str, Any] | None, response: dict[str, Any] | None) -> list[str]:
    """The targets that a call names, e.g. `ingress tcp 22-22 0.0.0.0/0`; empty when the record does not tell.

    Rules come from the answer of AuthorizeSecurityGroupIngress and from the request of ModifySecurityGroupRules.
    """
    if call in _BUCKET_PARTS:
        return [_BUCKET_PARTS[call]]
    return sorted({_rule(rule) for rule in (*_authorized(response or {}), *_modified(request or {}))})


def _rule(rule: dict[str, Any]) -> str:
    plain = {key[:1].lower() + key[1:]: value for key, value in rule.items()}
    source = plain.get("cidrIpv4") or plain.get("cidrIpv6") or plain.get("prefixListId") or "?"
    return f"ingress {plain.get('ipProtocol')} {plain.get('fromPort', -1)}-{plain.get('toPort', -1)} {source}"


def _authorized(response: dict[str, Any]) -> Iterator[dict[str, Any]]:
    rules = response.get("securityGroupRuleSet")
    items = rules.get("items") if isinstance(rules, dict) else None
    return (item for item in (items if isinstance(items, list) else ()) if isinstance(item, dict))


def _modified(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    nested = request.get("ModifySecurityGroupRulesRequest")
    changes = nested.get("SecurityGroupRule") if isinstance(nested, dict) else None
    for change in changes if isinstance(changes, list) else [changes]:
        rule = change.get("SecurityGroupRule") if isinstance(change, dict) else None
        if isinstance(rule, dict):
            yield rule
