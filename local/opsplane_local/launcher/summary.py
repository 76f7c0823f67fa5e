"""What people read when the platform is up, or could not come up."""

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from opsplane_local.launcher.settings import ACCOUNT, PORTS, REGION
from opsplane_local.launcher.snapshot import Problem, Snapshot

TRY = "uv run opsplane send events/cloudtrail/sg-open-ssh.json --wait"
TALK = 'eval "$(uv run opsplane variables)"'


def addresses_of(port: int) -> dict[str, str]:
    """Part by part, where a platform answers whose gateway has this port."""
    return {part: f"http://127.0.0.1:{port + offset}" for offset, part in enumerate(PORTS)}


def summary_panel(snapshot: Snapshot, *, stays: bool) -> RenderableType:
    """Where everything is and what to do next."""
    addresses = addresses_of(snapshot.port)
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="bold")
    rows.add_column(overflow="fold")
    rows.add_row("Console", f"[link={addresses['service']}]{addresses['service']}[/]")
    rows.add_row(
        "Messages", f"[link={addresses['sink']}]{addresses['sink']}[/]  [dim]what Slack and PagerDuty would show[/]"
    )
    rows.add_row("AWS", f"{addresses['gateway']}  [dim]account {ACCOUNT}, {REGION}[/]")
    rows.add_row("", "")
    rows.add_row("Talk", Text(TALK, style="cyan"))
    rows.add_row("Try", Text(TRY, style="cyan"))
    rows.add_row("Watch", Text("uv run opsplane status", style="cyan") + Text("   ") + _logs())
    rows.add_row("Stop", Text("Ctrl-C") if stays else Text("uv run opsplane down", style="cyan"))
    return Panel(rows, title="[bold]opsplane is up[/]", subtitle=_timing(snapshot), border_style="green", expand=False)


def problem_panel(problem: Problem, title: str = "not done") -> RenderableType:
    """What went wrong, what its log says last, what to do."""
    parts: list[RenderableType] = [Text(problem.message, style="bold")]
    if problem.lines:
        parts += [Text(""), Text("\n".join(problem.lines), style="dim", overflow="fold")]
    if problem.advice:
        parts += [Text(""), Text(problem.advice)]
    return Panel(Group(*parts), title=f"[bold]{title}[/]", border_style="red", expand=False)


def _logs() -> Text:
    return Text("uv run opsplane logs fleet -f", style="cyan")


def _timing(snapshot: Snapshot) -> str:
    first = snapshot.first_event_after
    return "" if first is None else f"first event can be handled after {first:.1f} s"
