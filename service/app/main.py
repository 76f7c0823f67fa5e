"""The app: one for uvicorn on ECS or a laptop, and the same one for Lambda through Mangum."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from opsplane import __version__

from app import errors
from app.actions.router import router as actions
from app.console.router import router as console
from app.events.router import router as events
from app.guard import Guard
from app.health.router import router as health
from app.items.router import router as items
from app.openapi import describe
from app.playbooks.router import router as playbooks
from app.policies.router import router as policies
from app.readmodel.following import follow, stop
from app.slack.router import router as slack
from app.wiring import Wiring, wire_from_environment

_STATIC = Path(__file__).parent / "console" / "static"


def create_app(wire: Callable[[], Wiring] = wire_from_environment) -> FastAPI:
    """The service. `wire` is called with the first request, or at start-up where the host has one."""
    wiring = cache(wire)
    app = FastAPI(
        title="opsplane",
        version=__version__,
        lifespan=_following(wiring),
        # The interactive pages load scripts from a public CDN; ours is in the console.
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    app.state.wiring = wiring
    errors.install(app)
    app.add_middleware(Guard, hosts=lambda: wiring().settings.hosts)
    api = APIRouter(prefix="/api/v1")
    for router in (items, actions, events, playbooks, policies):
        api.include_router(router)
    for router in (api, health, console, slack):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    describe(app)
    return app


def _following(wiring: Callable[[], Wiring]) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        """Follow the ledger while the server runs; settings that are missing stop it here and not with a request."""
        model = wiring().model
        task = asyncio.create_task(follow(model))
        yield
        await stop(task)
        await model.close()

    return lifespan


def _operation_id(route: APIRoute) -> str:
    return route.name


app = create_app()
