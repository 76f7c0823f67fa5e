"""IAM: whom a role trusts."""

import re
from collections.abc import Mapping

from opsplane.exposure.statements import is_public
from opsplane.signals.calls.heard import Heard, Reader, Record, checked, document, statements
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w+=,.@-]{1,64}")
_OTHER = re.compile(r"\b(\d{12})\b")


def read_trust(record: Record) -> tuple[Heard, ...]:
    """UpdateAssumeRolePolicy and CreateRole; what trusts only this account and AWS services looks fine."""
    role = checked(record, record.text("roleName"), _NAME, "AWS::IAM::Role")
    trust = document(record.value("policyDocument") or record.value("assumeRolePolicyDocument"))
    strangers = any(is_public(each) or _names_others(each, record.account) for each in statements(trust))
    fine = None if strangers or trust is None else "the role trusts only its own account and AWS services"
    return (Heard(kind=Kind.ROLE_TRUST, type="AWS::IAM::Role", id=role, looks_fine=fine),)


def _names_others(statement: dict[str, object], account: str) -> bool:
    principal = statement.get("Principal")
    named = principal.get("AWS", "") if isinstance(principal, dict) else ""
    return statement.get("Effect") == "Allow" and any(each != account for each in _OTHER.findall(str(named)))


CALLS: Mapping[str, Reader] = {"CreateRole": read_trust, "UpdateAssumeRolePolicy": read_trust}
