"""Policies over HTTP."""

from fastapi import APIRouter

from app.dependencies import WiringDep
from app.policies.schemas import PolicyList

router = APIRouter(prefix="/policies", tags=["policies"])


@router.get("")
async def list_policies(wiring: WiringDep) -> PolicyList:
    """The policies that this service was started with."""
    return PolicyList.of(wiring.ports.policies)
