"""Policies over HTTP."""

from fastapi import APIRouter
from opsplane.rulebook import in_force

from app.blocking import in_thread
from app.dependencies import WiringDep
from app.policies.schemas import PolicyList

router = APIRouter(prefix="/policies", tags=["policies"])


@router.get("")
async def list_policies(wiring: WiringDep) -> PolicyList:
    """The policies in force: those that opsplane ships with, or what people put in their place."""
    ports = wiring.ports
    return PolicyList.of(await in_thread(lambda: in_force(ports.ledger.override(), ports)))
