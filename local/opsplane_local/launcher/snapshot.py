"""The launcher's account of a run, as it is kept in `platform.json` for the other commands."""

import os
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

FROZEN = ConfigDict(frozen=True, extra="ignore")


class State(StrEnum):
    """Where a run stands."""

    STARTING = "starting"
    READY = "ready"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FAILED = "failed"


class StepStatus(StrEnum):
    """Where a step stands."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class StepRecord(BaseModel):
    """One step of a start. Times are seconds since the epoch."""

    model_config = FROZEN

    name: str
    title: str
    background: bool = False
    status: StepStatus = StepStatus.PENDING
    detail: str = ""
    began_at: float | None = None
    ended_at: float | None = None


class PartRecord(BaseModel):
    """One process that the launcher started, with what is needed to find it again and to be sure that it is the one."""

    model_config = FROZEN

    name: str
    pid: int
    start: str
    command: tuple[str, ...]
    address: str = ""
    began_at: float
    ended_at: float | None = None


class Problem(BaseModel):
    """Why a run or a step failed."""

    model_config = FROZEN

    message: str
    advice: str = ""
    lines: tuple[str, ...] = ()


class Snapshot(BaseModel):
    """A run of the platform, at one moment. Times are seconds since the epoch, durations are seconds."""

    model_config = FROZEN

    run_id: str
    state: State = State.STARTING
    pid: int
    start: str
    port: int
    repository: str
    began_at: float
    first_event_after: float | None = None
    ready_after: float | None = None
    problem: Problem | None = None
    steps: tuple[StepRecord, ...] = ()
    parts: tuple[PartRecord, ...] = ()


def write(snapshot: Snapshot, file: Path) -> None:
    """Put the snapshot in its file, so that a reader sees the old one or the new one, never half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.tmp")
    draft.write_text(snapshot.model_dump_json(indent=1))
    draft.replace(file)


def read(file: Path) -> Snapshot | None:
    """The last snapshot, or None when there is none that this version can read."""
    try:
        return Snapshot.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None
