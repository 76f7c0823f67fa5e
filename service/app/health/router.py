"""Health over HTTP: `/health/live` for restarts, `/health/ready` for load balancers, `/health` for people."""

from fastapi import APIRouter, Response, status
from opsplane import __version__

from app.dependencies import WiringDep
from app.health.checks import can_answer, check, overall
from app.health.schemas import Health, Liveness

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
async def get_liveness() -> Liveness:
    """The process answers; nothing else is looked at."""
    return Liveness(version=__version__)


@router.get("/ready", responses={503: {"model": Health, "description": "Neither ledger nor read model can answer."}})
async def get_readiness(wiring: WiringDep, response: Response) -> Health:
    """Whether requests should be sent here."""
    found = await check(wiring)
    if not can_answer(found):
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = "5"
    return Health(status=overall(found), version=__version__, dependencies=list(found))


@router.get("")
async def get_health(wiring: WiringDep) -> Health:
    """Everything that the service needs, each with its reason. The answer is 200 while the process can serve."""
    found = await check(wiring)
    return Health(status=overall(found), version=__version__, dependencies=list(found))
