"""The commands of the laptop platform, for the `opsplane` command to mount: `register(app)`."""

import json
import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from opsplane_local.launcher import detached, doctor, lock, log_files, supervisor
from opsplane_local.launcher import snapshot as snapshots
from opsplane_local.launcher import status as statuses
from opsplane_local.launcher.clients import connect_to
from opsplane_local.launcher.environment import talking_to, without_proxy_for_loopback
from opsplane_local.launcher.errors import AlreadyRunning, LauncherError
from opsplane_local.launcher.fleet_logs import FleetLogs
from opsplane_local.launcher.progress import Progress, progress_for
from opsplane_local.launcher.settings import DEFAULT_PORT, Platform, platform_from
from opsplane_local.launcher.snapshot import Snapshot, State
from opsplane_local.launcher.steps import problem_of
from opsplane_local.launcher.summary import problem_panel, summary_panel

INTERRUPTED = 130
SIGNS = {doctor.Verdict.GOOD: "[green]✔[/]", doctor.Verdict.WARN: "[yellow]![/]", doctor.Verdict.FAIL: "[red]✘[/]"}

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Add the commands of the laptop platform to a command line."""
    for command in (up, down, status, logs, doctor_command, variables):
        name = "doctor" if command is doctor_command else command.__name__
        app.command(name, rich_help_panel="The platform on this machine")(command)


def up(
    *,
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Return once it is up and leave it running.")] = False,
    base: Annotated[bool, typer.Option("--base/--no-base", help="Apply base-infra with Terraform.")] = True,
    port: Annotated[
        int, typer.Option(help="Port of the AWS endpoint; the four after it are used as well.")
    ] = DEFAULT_PORT,
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the state of the last run first.")] = False,
) -> None:
    """Run opsplane on this machine, with an emulated AWS: no account, no Docker."""
    with _errors_told():
        platform = platform_from(port=port, with_base=base, fresh=fresh)
        console = Console(highlight=False)
        if lock.is_held(platform.lock_file):
            raise typer.Exit(_join(platform, console))
        code = _up_in_background(platform, console) if detach else _up_here(platform, console)
    raise typer.Exit(code)


def down() -> None:
    """Stop the platform; its state is kept for the next start."""
    console = Console(highlight=False)
    with _errors_told():
        began = time.monotonic()
        if detached.stop(platform_from(), lambda line: console.print(line, markup=False)):
            console.print(f"Stopped in {time.monotonic() - began:.1f} s. The state is kept for the next start.")
        else:
            console.print("Nothing is running.")


def status(*, as_json: Json = False) -> None:
    """Show what runs, where, and since when."""
    with _errors_told():
        facts = statuses.report(platform_from())
        if as_json:
            typer.echo(json.dumps(facts, indent=2))
        else:
            Console(highlight=False).print(statuses.table(facts))


def logs(
    part: Annotated[
        str, typer.Argument(help="A part or task, or `fleet` for the deployed functions; all without.")
    ] = "",
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as lines come.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many lines to begin with.")] = 40,
) -> None:
    """Show the logs of the platform's parts, of Terraform and SAM, or of the deployed functions."""
    with _errors_told():
        platform = _known_platform()
        show = _fleet_lines if part == "fleet" else _part_lines
        for origin, text in show(platform, part, lines, follow=follow):
            sys.stdout.write(f"{origin:<10} {text}\n" if origin else f"{text}\n")
            sys.stdout.flush()


def doctor_command(
    *,
    as_json: Json = False,
    port: Annotated[int, typer.Option(help="The port that `up` would be given.")] = DEFAULT_PORT,
) -> None:
    """Look at what the platform needs on this machine, and say what to do about what is missing."""
    with _errors_told():
        checks = doctor.examine(platform_from(port=port))
    if as_json:
        typer.echo(json.dumps([{**vars(check), "verdict": check.verdict.value} for check in checks], indent=2))
    else:
        Console(highlight=False).print(_check_table(checks))
    raise typer.Exit(1 if any(check.verdict is doctor.Verdict.FAIL for check in checks) else 0)


def variables() -> None:
    """Print shell lines that point AWS tools at the platform: eval "$(uv run opsplane variables)"."""
    with _errors_told():
        platform = _known_platform()
        if not lock.is_held(platform.lock_file):
            message = "The platform is not running, so there is nothing to talk to."
            raise LauncherError(message, advice="Start it with: uv run opsplane up --detach")
        values = {**talking_to(platform.url_of("gateway")), **without_proxy_for_loopback(os.environ)}
        if named := os.environ.get("OPSPLANE_HOME"):
            values["OPSPLANE_HOME"] = named
        # A profile outranks keys in the environment for some tools, and a session token does not fit the local keys.
        typer.echo("unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_SECURITY_TOKEN")
        for name, value in values.items():
            typer.echo(f"export {name}={shlex.quote(value)}")


def _up_here(platform: Platform, console: Console) -> int:
    with progress_for(console, stays=True) as progress:
        try:
            return supervisor.run(platform, progress.show, progress.tell, supervisor.new_run_id())
        except AlreadyRunning:
            pass
    return _join(platform, console)


def _up_in_background(platform: Platform, console: Console) -> int:
    try:
        run_id = detached.start_in_background(platform)
    except AlreadyRunning:
        return _join(platform, console)
    with progress_for(console, stays=False) as progress:
        return _followed(platform, progress, run_id)


def _join(platform: Platform, console: Console) -> int:
    """Another launcher has the platform: wait until it is up, and say where."""
    snapshot = snapshots.read(platform.snapshot_file)
    who = f" (launcher pid {snapshot.pid})" if snapshot else ""
    if snapshot and snapshot.state is State.READY:
        console.print(f"The platform is already running{who}.", markup=False)
        console.print(summary_panel(snapshot, stays=False))
        return 0
    with progress_for(console, stays=False) as progress:
        progress.tell(f"The platform is already being started{who}.")
        return _followed(platform, progress, snapshot.run_id if snapshot else None)


def _followed(platform: Platform, progress: Progress, run_id: str | None) -> int:
    def show(snapshot: Snapshot) -> None:
        if run_id in {None, snapshot.run_id}:
            progress.show(snapshot)

    snapshot = detached.follow(platform, show)
    if snapshot is None:
        lines = log_files.LogFile("launcher", platform.log_of("launcher")).last(12)
        message = "The launcher ended before the platform was up."
        raise LauncherError(message, lines=tuple(lines), advice="`opsplane down` clears what is left.")
    return 0 if snapshot.state is State.READY else 1


def _part_lines(platform: Platform, part: str, count: int, *, follow: bool) -> Iterator[tuple[str, str]]:
    known = log_files.available(platform.logs_dir)
    if not known:
        message = f"There are no logs in {platform.logs_dir}."
        raise LauncherError(message, advice="Start the platform with: uv run opsplane up")
    if part and part not in known:
        message = f"There is no log called {part!r}."
        raise LauncherError(message, advice=f"There are: fleet, {', '.join(known)}.")
    chosen = [log_files.LogFile(name, platform.log_of(name)) for name in ([part] if part else known)]
    for log in chosen:
        yield from (("" if part else log.part, line) for line in log.last(count))
    if follow:
        yield from (("" if part else name, line) for name, line in log_files.follow(chosen))


def _fleet_lines(platform: Platform, _part: str, count: int, *, follow: bool) -> Iterator[tuple[str, str]]:
    fleet = FleetLogs(connect_to(platform.url_of("gateway")))
    for line in fleet.last(count, int(time.time() * 1000)):
        yield line.function, line.text
    if follow:
        yield from ((line.function, line.text) for line in fleet.follow())


def _known_platform() -> Platform:
    """The platform with the port that its last run had."""
    platform = platform_from()
    snapshot = snapshots.read(platform.snapshot_file)
    return platform_from(port=snapshot.port) if snapshot else platform


def _check_table(checks: list[doctor.Check]) -> Table:
    rows = Table.grid(padding=(0, 1))
    for _ in range(3):
        rows.add_column(overflow="fold")
    for check in checks:
        rows.add_row(Text.from_markup(SIGNS[check.verdict]), Text(check.name, style="bold"), Text(check.found))
        if check.advice:
            rows.add_row("", "", Text(f"→ {check.advice}", style="dim"))
    return rows


@contextmanager
def _errors_told() -> Iterator[None]:
    """Turn our errors into words on stderr and exit code 1, and Ctrl-C into a quiet end."""
    try:
        yield
    except LauncherError as error:
        Console(stderr=True, highlight=False).print(problem_panel(problem_of(error)))
        raise typer.Exit(1) from error
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
