"""EC2: rules of security groups."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opsplane.exposure.addresses import is_world
from opsplane.signals.calls.heard import Heard, Reader, Record, checked, items
from opsplane.signals.signal import Kind

_GROUP = re.compile(r"sg-[0-9a-zA-Z-]{2,60}")


def read_ingress(record: Record) -> tuple[Heard, ...]:
    """AuthorizeSecurityGroupIngress and ModifySecurityGroupRules: which group, and which of its rules."""
    named = record.text("groupId") or record.text("ModifySecurityGroupRulesRequest", "GroupId")
    group = checked(record, named or _granted_group(record), _GROUP, "AWS::EC2::SecurityGroup")
    targets = sorted({_rule(rule) for rule in (*_authorized(record), *_modified(record))})
    rules = [*_authorized(record), *_modified(record)]
    inward = bool(rules) and not any(_faces_world(rule) for rule in rules)
    fine = "no rule of the call faces the internet" if inward else None
    return (
        Heard(
            kind=Kind.SECURITY_GROUP_INGRESS,
            type="AWS::EC2::SecurityGroup",
            id=group,
            facts={"targets": targets},
            looks_fine=fine,
        ),
    )


def _faces_world(rule: dict[str, Any]) -> bool:
    """Whether a rule is open to the world, or of a form that the record does not show."""
    plain = {key[:1].lower() + key[1:]: value for key, value in rule.items()}
    try:
        return is_world(str(plain.get("cidrIpv4") or plain.get("cidrIpv6") or "0.0.0.0/0"))
    except ValueError:
        return True


def _granted_group(record: Record) -> object:
    """The id in the answer, for callers that named a default-VPC group by its name."""
    granted = _authorized(record)
    return granted[0].get("groupId") if granted else None


def _rule(rule: dict[str, Any]) -> str:
    plain = {key[:1].lower() + key[1:]: value for key, value in rule.items()}
    source = plain.get("cidrIpv4") or plain.get("cidrIpv6") or plain.get("prefixListId") or "?"
    return f"ingress {plain.get('ipProtocol')} {plain.get('fromPort', -1)}-{plain.get('toPort', -1)} {source}"


def _authorized(record: Record) -> list[dict[str, Any]]:
    return items(record.response.get("securityGroupRuleSet"))


def _modified(record: Record) -> Iterator[dict[str, Any]]:
    changes = record.value("ModifySecurityGroupRulesRequest", "SecurityGroupRule")
    for change in changes if isinstance(changes, list) else [changes]:
        rule = change.get("SecurityGroupRule") if isinstance(change, dict) else None
        if isinstance(rule, dict):
            yield rule


CALLS: Mapping[str, Reader] = {
    "AuthorizeSecurityGroupIngress": read_ingress,
    "ModifySecurityGroupRules": read_ingress,
}
