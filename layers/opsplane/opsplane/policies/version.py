"""A file that people put in force, one version after the other: policies, and schedules."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from pydantic import AwareDatetime, Field

from opsplane.errors import PermanentError
from opsplane.model import JsonObject, Line, Model, Name


class Version(Model):
    """One version, from 1.

    `source` is the file as it was written, `document` the same as JSON, which functions read. `what` is what it is a
    version of.
    """

    what: ClassVar[str]
    version: int = Field(ge=1)
    by: Name
    reason: Line
    at: AwareDatetime
    source: str = Field(repr=False)
    document: JsonObject = Field(repr=False)

    @property
    def name(self) -> str:
        """How messages call it."""
        return f"{self.what} version {self.version} of {self.by}"


def following(latest: Version | None) -> int:
    """The number of the version after the latest one."""
    return latest.version + 1 if latest else 1


def last_good[V: Version, M](
    versions: Iterable[V], broken: V, meaning: Callable[[V], M], invalid: type[PermanentError]
) -> tuple[str, M] | None:
    """The newest version before a broken one that can be understood: its name and what it means; None: there is none.

    `versions` come newest first; `meaning` raises `invalid` for one that cannot be understood (any more).
    """
    for earlier in versions:
        if earlier.version >= broken.version:
            continue
        try:
            return earlier.name, meaning(earlier)
        except invalid:
            # It is older than the broken one, and as broken; an even older one may do.
            continue
    return None
