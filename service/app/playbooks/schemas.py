"""Playbooks as they go over HTTP."""

from typing import Self

from opsplane.playbooks.playbook import Playbook
from pydantic import BaseModel, Field


class PlaybookView(BaseModel):
    """One problem that opsplane knows how to answer."""

    name: str
    summary: str
    risk: str = Field(description="What could go wrong when it acts.")
    rights: list[str] = Field(description="The IAM actions that it needs; none when it changes nothing.")
    runbook: str = Field(description="The page for the person on call, under `docs/runbooks/`.")
    acts_on: list[str] = Field(description="Sample events that it acts on, under `events/`.")
    leaves: list[str] = Field(description="Sample events that it leaves alone.")

    @classmethod
    def of(cls, playbook: Playbook) -> Self:
        """The playbook as it goes out."""
        return cls(
            name=playbook.name,
            summary=playbook.summary,
            risk=playbook.risk,
            rights=list(playbook.rights),
            runbook=playbook.runbook,
            acts_on=list(playbook.acts_on),
            leaves=list(playbook.leaves),
        )


class PlaybookList(BaseModel):
    """Every playbook."""

    playbooks: list[PlaybookView]
