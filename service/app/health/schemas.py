"""Health as it goes over HTTP."""

from enum import StrEnum

from pydantic import BaseModel, Field


class Status(StrEnum):
    """How something is."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


class Liveness(BaseModel):
    """The process answers."""

    status: Status = Status.OK
    version: str


class Dependency(BaseModel):
    """One thing that the service needs."""

    name: str
    status: Status
    reason: str = Field(description="Why it is as it is, in one sentence.")
    milliseconds: float | None = Field(None, description="How long the check took.")


class Health(BaseModel):
    """The service and everything that it needs."""

    status: Status
    version: str
    dependencies: list[Dependency]
