"""IAM: rights that are given."""

import re
from collections.abc import Mapping

from opsplane.exposure.administrators import MEMBERSHIP, is_administrator, is_for_administrators
from opsplane.signals.calls.heard import Heard, Reader, Record, checked, document
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w+=,.@-]{1,128}")
_ARN = re.compile(r"arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy/[\w+=,.@/-]{1,512}")
_HOLDERS = {
    "User": ("AWS::IAM::User", "userName"),
    "Role": ("AWS::IAM::Role", "roleName"),
    "Group": ("AWS::IAM::Group", "groupName"),
}


def read_attachment(record: Record) -> tuple[Heard, ...]:
    """Attach…Policy; harmless is a policy of AWS that is not for administrators. What one of ours says is not told."""
    arn = checked(record, record.text("policyArn"), _ARN, "AWS::IAM::ManagedPolicy")
    heard = _holder(record, f"attached policy {arn}", administrator=is_for_administrators(arn))
    if not heard.harmless or ":iam::aws:" in arn:
        return (heard,)
    return (heard.model_copy(update={"harmless": None}),)


def read_inline(record: Record) -> tuple[Heard, ...]:
    """Put…Policy; a document that does not allow everything is harmless."""
    administrator = is_administrator(document(record.value("policyDocument")))
    return (_holder(record, f"inline policy {record.text('policyName')}", administrator=administrator),)


def _holder(record: Record, target: str, *, administrator: bool) -> Heard:
    word = next(each for each in _HOLDERS if each in record.call)
    type_name, key = _HOLDERS[word]
    name = checked(record, record.text(key), _NAME, type_name)
    harmless = None if administrator else "it makes nobody an administrator"
    return Heard(kind=Kind.ADMIN_GRANT, type=type_name, id=name, facts={"targets": [target]}, harmless=harmless)


def read_membership(record: Record) -> tuple[Heard, ...]:
    """AddUserToGroup; what the group may do is not told."""
    user = checked(record, record.text("userName"), _NAME, "AWS::IAM::User")
    group = checked(record, record.text("groupName"), _NAME, "AWS::IAM::Group")
    facts = {"targets": [f"{MEMBERSHIP}{group}"]}
    return (Heard(kind=Kind.ADMIN_GRANT, type="AWS::IAM::User", id=user, facts=facts),)


def read_default(record: Record) -> tuple[Heard, ...]:
    """SetDefaultPolicyVersion; what the version says is not told."""
    arn = checked(record, record.text("policyArn"), _ARN, "AWS::IAM::ManagedPolicy")
    return (Heard(kind=Kind.ADMIN_GRANT, type="AWS::IAM::ManagedPolicy", id=arn),)


def read_version(record: Record) -> tuple[Heard, ...]:
    """CreatePolicyVersion; one that is not the default, or does not allow everything, is harmless."""
    arn = checked(record, record.text("policyArn"), _ARN, "AWS::IAM::ManagedPolicy")
    default = record.value("setAsDefault") is True
    administrator = default and is_administrator(document(record.value("policyDocument")))
    harmless = None if administrator else "it makes nobody an administrator"
    return (Heard(kind=Kind.ADMIN_GRANT, type="AWS::IAM::ManagedPolicy", id=arn, harmless=harmless),)


CALLS: Mapping[str, Reader] = {
    **dict.fromkeys(("AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy"), read_attachment),
    **dict.fromkeys(("PutGroupPolicy", "PutRolePolicy", "PutUserPolicy"), read_inline),
    "AddUserToGroup": read_membership,
    "CreatePolicyVersion": read_version,
    "SetDefaultPolicyVersion": read_default,
}
