"""Shapes that several nouns share."""

from datetime import datetime
from typing import Self

from opsplane.signals.signal import Resource
from pydantic import BaseModel, Field

from app.readmodel.freshness import Freshness


class FreshnessView(BaseModel):
    """How old an answer is."""

    as_of: datetime = Field(description="When the ledger was last read to its end.")
    age_seconds: float
    stale: bool = Field(description="Whether newer facts may exist that could not be read.")
    fault: str | None = Field(description="Why the ledger could not be read, when it could not.")

    @classmethod
    def of(cls, freshness: Freshness) -> Self:
        """The freshness as it goes out."""
        return cls(
            as_of=freshness.as_of,
            age_seconds=round(freshness.age.total_seconds(), 3),
            stale=freshness.stale,
            fault=freshness.fault,
        )


class ResourceView(BaseModel):
    """One AWS resource."""

    type: str = Field(examples=["AWS::EC2::SecurityGroup"])
    id: str
    account: str
    region: str

    @classmethod
    def of(cls, resource: Resource) -> Self:
        """The resource as it goes out."""
        return cls(type=resource.type, id=resource.id, account=resource.account, region=resource.region)
