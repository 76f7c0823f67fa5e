"""IAM: credentials that somebody makes for somebody else."""

import re
from collections.abc import Mapping

from opsplane.signals.calls.heard import Heard, Reader, Record, checked
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w+=,.@-]{1,64}")
_KEY = re.compile(r"A[A-Z0-9]{15,127}")


def read_key(record: Record) -> tuple[Heard, ...]:
    """CreateAccessKey: for whom, and which key."""
    made = record.response.get("accessKey")
    key = made.get("accessKeyId") if isinstance(made, dict) else None
    user = record.text("userName") or (made.get("userName") if isinstance(made, dict) else None)
    if user is None:
        # Without a user name it is the caller's own: a user's, or root's, and that root called is told anyway.
        return ()
    return (_heard(record, user, f"access key {checked(record, key, _KEY, 'AWS::IAM::AccessKey')}"),)


def read_password(record: Record) -> tuple[Heard, ...]:
    """CreateLoginProfile and UpdateLoginProfile."""
    return (_heard(record, record.text("userName"), "console password"),)


def read_device(record: Record) -> tuple[Heard, ...]:
    """DeactivateMFADevice."""
    return (_heard(record, record.text("userName"), "MFA device"),)


def _heard(record: Record, found: object, credential: str) -> Heard:
    user = checked(record, found, _NAME, "AWS::IAM::User")
    harmless = "the user did it for themselves" if user == record.user else None
    facts = {"credential": credential, "targets": [credential]}
    return Heard(kind=Kind.NEW_CREDENTIAL, type="AWS::IAM::User", id=user, facts=facts, harmless=harmless)


CALLS: Mapping[str, Reader] = {
    "CreateAccessKey": read_key,
    "CreateLoginProfile": read_password,
    "DeactivateMFADevice": read_device,
    "UpdateLoginProfile": read_password,
}
