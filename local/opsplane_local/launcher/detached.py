"""A platform in the background: starting its launcher, following it, stopping it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from opsplane_local.launcher import identity, lock
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher.errors import AlreadyRunning, LauncherError
from opsplane_local.launcher.processes import last_lines
from opsplane_local.launcher.settings import Platform
from opsplane_local.launcher.snapshot import Snapshot, State
from opsplane_local.launcher.supervisor import clear_leftovers, launcher_log, new_run_id

POLL_SECONDS = 0.1
START_LIMIT_SECONDS = 30.0
STOP_LIMIT_SECONDS = 90.0
TAKEN_EXIT_CODE = 3
OVER = frozenset({State.STOPPED, State.FAILED})


def start_in_background(platform: Platform) -> str:
    """Start a launcher that outlives this command. Returns the id of its run.

    Raises:
        AlreadyRunning: when another launcher was faster.
        LauncherError: when it gives up before it has a run to show.
    """
    run_id = new_run_id()
    log = launcher_log(platform, run_id)
    log.parent.mkdir(parents=True, exist_ok=True)
    argv = [sys.executable, "-m", "opsplane_local.launcher", "--run-id", run_id, "--port", str(platform.port)]
    argv += [] if platform.with_base else ["--no-base"]
    argv += ["--fresh"] if platform.fresh else []
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own launcher
            argv,
            env={**os.environ, "OPSPLANE_HOME": str(platform.home)},
            cwd=platform.repository,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline:
        if _is_run(snapshots.read(platform.snapshot_file), run_id):
            return run_id
        if process.poll() is not None:
            break
        time.sleep(POLL_SECONDS)
    lines = last_lines(log)
    log.unlink(missing_ok=True)
    if process.returncode == TAKEN_EXIT_CODE:
        raise AlreadyRunning(lines[-1] if lines else "")
    message = lines[-1] if lines else "The launcher ended without a word."
    raise LauncherError(message, lines=lines[:-1])


def follow(platform: Platform, show: Callable[[Snapshot], None]) -> Snapshot | None:
    """Show a run until it is ready or over. Returns how it stands then; None when its launcher died."""
    while True:
        alive = lock.is_held(platform.lock_file)
        snapshot = snapshots.read(platform.snapshot_file)
        if snapshot is not None:
            show(snapshot)
            if snapshot.state is State.READY or snapshot.state in OVER:
                return snapshot
        if not alive:
            return None
        time.sleep(POLL_SECONDS)


def stop(platform: Platform, tell: Callable[[str], None]) -> bool:
    """Stop the platform and clear what an earlier launcher may have left. Returns whether there was anything.

    Raises:
        LauncherError: when the launcher does not end.
    """
    running = lock.is_held(platform.lock_file)
    snapshot = snapshots.read(platform.snapshot_file)
    if running and snapshot:
        _stop_launcher(platform, snapshot, tell)
    with lock.held(platform.lock_file):
        cleared = clear_leftovers(platform)
    for line in cleared:
        tell(line)
    return running or bool(cleared)


def _stop_launcher(platform: Platform, snapshot: Snapshot, tell: Callable[[str], None]) -> None:
    if not identity.is_same(snapshot.pid, snapshot.start):
        message = f"A launcher holds {platform.lock_file}, but pid {snapshot.pid} is not it."
        raise LauncherError(message, advice="Wait a moment and try again.")
    tell(f"Stopping the platform (launcher pid {snapshot.pid}); the emulators save their state")
    os.kill(snapshot.pid, signal.SIGTERM)
    told: set[int] = set()
    deadline = time.monotonic() + STOP_LIMIT_SECONDS
    while time.monotonic() < deadline:
        alive = lock.is_held(platform.lock_file)
        _tell_ended(snapshots.read(platform.snapshot_file), snapshot, told, tell)
        if not alive:
            return
        time.sleep(POLL_SECONDS)
    message = f"The launcher (pid {snapshot.pid}) has not ended after {STOP_LIMIT_SECONDS:.0f} s."
    raise LauncherError(message, advice=f"End it with: kill -9 {snapshot.pid}; then run `opsplane down` again.")


def _tell_ended(now: Snapshot | None, before: Snapshot, told: set[int], tell: Callable[[str], None]) -> None:
    running = {part.pid for part in before.parts if part.ended_at is None}
    for part in now.parts if now else ():
        if part.pid in running and part.ended_at and part.pid not in told:
            told.add(part.pid)
            tell(f"Stopped {part.name}")


def _is_run(snapshot: Snapshot | None, run_id: str) -> bool:
    return snapshot is not None and snapshot.run_id == run_id
