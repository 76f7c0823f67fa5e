"""What routes may ask for, each named once as a type."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Path, Query, Request
from opsplane.actions.action import ActionState
from opsplane.ledger.item import ItemState
from sqlalchemy.ext.asyncio import AsyncSession

from app.person import person_of
from app.readmodel.freshness import Freshness
from app.wiring import Wiring

_ID = r"^[\w.:-]{1,200}$"


@dataclass(frozen=True)
class Reading:
    """A session on the read model, and how fresh its answers are."""

    session: AsyncSession
    freshness: Freshness


async def get_wiring(request: Request) -> Wiring:
    """The wiring of this process, made with its first request."""
    return cast("Wiring", request.app.state.wiring())


WiringDep = Annotated[Wiring, Depends(get_wiring)]


async def get_reading(wiring: WiringDep) -> AsyncIterator[Reading]:
    """A session on a read model that has just caught up with the ledger, as far as it can be reached."""
    freshness = await wiring.model.current()
    async with wiring.model.sessions() as session:
        yield Reading(session, freshness)


async def get_person(request: Request, wiring: WiringDep) -> str:
    """Who asks."""
    return person_of(request, wiring.settings.person)


ReadingDep = Annotated[Reading, Depends(get_reading)]
PersonDep = Annotated[str, Depends(get_person)]

ItemId = Annotated[str, Path(pattern=_ID, description="An item's id, e.g. `7f3k2m9qxd`.")]
ActionId = Annotated[str, Path(pattern=_ID, description="An action's id, e.g. `7f3k2m9qxd.1`.")]
EventId = Annotated[str, Path(pattern=_ID, description="The id of an event from AWS.")]
Limit = Annotated[int, Query(ge=1, le=500, description="How many to answer with, last changed first.")]
ItemStates = Annotated[list[ItemState], Query(alias="state", description="Only these states; repeat it for more.")]
ActionStates = Annotated[list[ActionState], Query(alias="state", description="Only these states; repeat it for more.")]
