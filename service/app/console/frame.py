"""What every page shows around its content."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import HTMLResponse

from app.console.csrf import remember, token_of
from app.console.rendering import render
from app.dependencies import PersonDep, WiringDep
from app.readmodel.freshness import Freshness
from app.readmodel.queries import Counts, count_items
from app.wiring import Wiring


@dataclass(frozen=True)
class Frame:
    """The environment, who looks at it, how many items wait, and how old the answer is.

    `counts` and `freshness` are None while there is no read model to ask.
    """

    request: Request
    wiring: Wiring
    person: str
    counts: Counts | None
    freshness: Freshness | None

    def page(self, template: str, **context: Any) -> HTMLResponse:
        """A page inside this frame."""
        token = token_of(self.request)
        shared = {
            "path": self.request.url.path,
            "environment": self.wiring.ports.settings.environment,
            "person": self.person,
            "counts": self.counts,
            "freshness": self.freshness,
            "token": token,
            "now": self.wiring.ports.now(),
        }
        response = HTMLResponse(render(template, **{**shared, **context}), HTTPStatus.OK)
        remember(token, self.request, response)
        return response


async def get_frame(request: Request, wiring: WiringDep, person: PersonDep) -> Frame:
    """The frame for a page; it waits for nothing, so that a page can be shown while a part is missing."""
    freshness = wiring.model.known()
    return Frame(request, wiring, person, await _counts(wiring) if freshness else None, freshness)


async def _counts(wiring: Wiring) -> Counts | None:
    try:
        async with wiring.model.sessions() as session:
            return await count_items(session)
    except (SQLAlchemyError, OSError):
        # A page that needs the database says so itself; the others do without the numbers.
        return None


FrameDep = Annotated[Frame, Depends(get_frame)]
