"""Secrets Manager: who may read a secret."""

import re
from collections.abc import Mapping

from opsplane.exposure.statements import is_public
from opsplane.signals.calls.heard import Heard, Reader, Record, checked, document, statements
from opsplane.signals.signal import Kind

_NAME = re.compile(r"[\w/+=.@:-]{1,2048}")


def read_policy(record: Record) -> tuple[Heard, ...]:
    """PutResourcePolicy; one that lets in only whom it names is harmless."""
    name = checked(record, record.text("secretId"), _NAME, "AWS::SecretsManager::Secret")
    found = document(record.value("resourcePolicy"))
    public = any(is_public(each) for each in statements(found))
    harmless = None if public or found is None else "the secret's policy lets in only whom it names"
    return (Heard(kind=Kind.SECRET_EXPOSURE, type="AWS::SecretsManager::Secret", id=name, harmless=harmless),)


CALLS: Mapping[str, Reader] = {"PutResourcePolicy": read_policy}
