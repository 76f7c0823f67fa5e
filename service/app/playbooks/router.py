"""Playbooks over HTTP."""

from fastapi import APIRouter
from opsplane.playbooks import catalogue

from app.playbooks.schemas import PlaybookList, PlaybookView

router = APIRouter(prefix="/playbooks", tags=["playbooks"])


@router.get("")
async def list_playbooks() -> PlaybookList:
    """Every playbook, with its risk and the rights that it needs."""
    return PlaybookList(playbooks=[PlaybookView.of(playbook) for playbook in catalogue()])
