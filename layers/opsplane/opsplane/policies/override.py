"""Policies that people put in force in place of the shipped ones."""

from pydantic import AwareDatetime, Field

from opsplane.model import JsonObject, Line, Model, Name
from opsplane.policies.load import default
from opsplane.policies.policy import PolicySet
from opsplane.policies.policy_file import resolve, understand


class Override(Model):
    """One version of a policy file in force, from 1.

    `source` is the file as it was written, `document` the same as JSON, which functions read.
    """

    version: int = Field(ge=1)
    by: Name
    reason: Line
    at: AwareDatetime
    source: str = Field(repr=False)
    document: JsonObject = Field(repr=False)

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"policies version {self.version} of {self.by}"


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
