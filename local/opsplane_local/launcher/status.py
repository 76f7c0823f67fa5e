"""How a platform stands, for people and for programs."""

import time
from collections.abc import Callable
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from opsplane_local.launcher import lock, processes
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.settings import PORTS, Platform
from opsplane_local.launcher.snapshot import PartRecord, Snapshot, State, StepStatus

NOT_DONE = frozenset({StepStatus.SKIPPED, StepStatus.FAILED})
STYLES = {"running": "green", "ready": "green", "starting": "cyan", "stopping": "cyan", "done": "green"}


def report(platform: Platform, now: Callable[[], float] = time.time) -> dict[str, Any]:
    """The status as JSON: `state` is starting, ready, stopping, stopped, failed or lost (its launcher was killed)."""
    snapshot = snapshots.read(platform.snapshot_file)
    if snapshot is None:
        return {"state": "stopped", "home": str(platform.home), "parts": [], "steps": []}
    return {
        "state": _state(platform, snapshot),
        "home": str(platform.home),
        "endpoint": f"http://127.0.0.1:{snapshot.port}",
        "launcher_pid": snapshot.pid,
        "first_event_after_seconds": _rounded(snapshot.first_event_after),
        "ready_after_seconds": _rounded(snapshot.ready_after),
        "problem": snapshot.problem.message if snapshot.problem else None,
        "parts": [_part(record, now()) for record in _latest(snapshot)],
        "steps": [
            {"step": step.name, "title": step.title, "state": step.status.value, "detail": step.detail}
            for step in snapshot.steps
        ],
    }


def table(facts: dict[str, Any]) -> RenderableType:
    """The report as people read it."""
    if not facts["parts"]:
        return Text("The platform is not running. Start it with: uv run opsplane up")
    rows = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("part", "state", "pid", "address", "uptime"):
        rows.add_column(column, justify="right" if column in {"pid", "uptime"} else "left")
    for part in facts["parts"]:
        uptime = _duration(part["uptime_seconds"]) if part["state"] == "running" else ""
        pid = str(part["pid"]) if part["state"] == "running" else ""
        rows.add_row(part["part"], _word(part["state"]), pid, part["address"], uptime)
    lines: list[RenderableType] = [Text.assemble("The platform is ", _word(facts["state"])), Text(""), rows]
    lines += [
        Text.assemble("\n" + step["title"], ": ", _word(step["state"]), f" {step['detail']}")
        for step in facts["steps"]
        if step["state"] == StepStatus.RUNNING or (step["state"] in NOT_DONE and step["detail"])
    ]
    if facts["problem"]:
        lines.append(Text(f"\n{facts['problem']}", style="red"))
    if facts["state"] == "lost":
        lines.append(Text("\nIts launcher was killed. `opsplane down` or the next `opsplane up` clears what is left."))
    return Group(*lines)


def _state(platform: Platform, snapshot: Snapshot) -> str:
    if lock.is_held(platform.lock_file):
        return snapshot.state.value
    if snapshot.state in {State.STOPPED, State.FAILED}:
        return snapshot.state.value
    return "lost" if any(map(processes.is_alive, snapshot.parts)) else "stopped"


def _latest(snapshot: Snapshot) -> list[PartRecord]:
    """Each part once, in the order of `PORTS`, and the tasks that run just now."""
    latest = {record.name: record for record in snapshot.parts}
    known = [latest[name] for name in PORTS if name in latest]
    return known + [record for name, record in latest.items() if name not in PORTS and processes.is_alive(record)]


def _part(record: PartRecord, now: float) -> dict[str, Any]:
    alive = processes.is_alive(record)
    return {
        "part": record.name,
        "state": "running" if alive else "stopped",
        "pid": record.pid,
        "address": record.address,
        "uptime_seconds": round(now - record.began_at) if alive else None,
    }


def _word(state: str) -> Text:
    return Text(state, style=STYLES.get(state, "yellow"))


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _duration(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {seconds:02} s" if minutes else f"{seconds} s"
