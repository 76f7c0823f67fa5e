"""Policies that people put in force in place of the shipped ones."""

from typing import ClassVar

from opsplane.model import JsonObject
from opsplane.policies.load import default
from opsplane.policies.policy import PolicySet
from opsplane.policies.policy_file import resolve, understand
from opsplane.policies.version import Version


class Override(Version):
    """One version of a policy file in force."""

    what: ClassVar[str] = "policies"


def meant_by(override: Override) -> PolicySet:
    """The set that an override means to this version of opsplane.

    Raises:
        InvalidPolicy: it means nothing (any more): a playbook that it names may have gone, for one.
    """
    kept = _MEANINGS.get(override.version)
    if kept and kept[0] == override.document:
        return kept[1]
    file = understand(override.document, override.name)
    found = resolve(file, default(), override.name)
    _MEANINGS.clear()
    _MEANINGS[override.version] = (override.document, found)
    return found


_MEANINGS: dict[int, tuple[JsonObject, PolicySet]] = {}
"""The last one that was read: an override changes a few times a year, and is asked for with every event."""
