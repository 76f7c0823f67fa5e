"""The differences between what a state wants and what is there."""

from collections.abc import Mapping
from dataclasses import dataclass

from opsplane.drift.rules import IngressRule
from opsplane.drift.wanted import WantedGroup


@dataclass(frozen=True)
class LiveGroup:
    """A security group as EC2 has it."""

    rules: frozenset[IngressRule]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """How one group differs; `gone` means that it does not exist any more. None of the three: it does not differ."""

    group: WantedGroup
    gone: bool
    unknown: tuple[IngressRule, ...]
    missing: tuple[IngressRule, ...]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return self.gone or bool(self.unknown) or bool(self.missing)

    def __str__(self) -> str:
        """The difference for people."""
        name = f"{self.group.id} ({self.group.address})"
        if self.gone:
            return f"{name} is in the Terraform state and does not exist any more"
        parts = [
            f"{word}: {', '.join(map(str, rules))}"
            for word, rules in (("not in the state", self.unknown), ("missing", self.missing))
            if rules
        ]
        return f"{name} differs from Terraform - {'; '.join(parts)}"


def compare(wanted: WantedGroup, live: LiveGroup | None) -> Difference:
    """Compare one group; of a group that Terraform does not manage only the rules that it manages count."""
    if live is None:
        return Difference(wanted, gone=True, unknown=(), missing=())
    unknown = live.rules - wanted.rules if wanted.managed else frozenset()
    return Difference(
        wanted, gone=False, unknown=tuple(sorted(unknown)), missing=tuple(sorted(wanted.rules - live.rules))
    )
