"""The freeze switch: while an environment is frozen, what would be enforced is asked about."""

from datetime import datetime

from pydantic import AwareDatetime

from opsplane.model import Line, Model, Name


class Freeze(Model):
    """One environment, or `*` for all, held still by a person until a moment (None: until somebody lifts it)."""

    environment: Name
    by: Name
    reason: Line
    at: AwareDatetime
    until: AwareDatetime | None = None

    def holds(self, environment: str, now: datetime) -> bool:
        """Whether it is about an environment and has not ended."""
        return self.environment in {"*", environment} and (self.until is None or now < self.until)

    def __str__(self) -> str:
        """Who, why and until when."""
        end = f" until {self.until:%Y-%m-%d %H:%M} UTC" if self.until else ""
        return f"{self.by} holds it still{end}: {self.reason}"
